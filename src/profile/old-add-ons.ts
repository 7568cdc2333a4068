/**
 * Add-ons of programs up to Gecko 1.9.2 and their heirs: a folder each below `extensions`, with an install.rdf; which of
 * them are on stands in extensions.ini. Later programs without a readable extensions.json leave .xpi files there, of
 * which only the id is known.
 */

import path from 'node:path';
import { parseIni } from '../formats/ini/parse.ts';
import { parseRdf, type RdfFile, rdfLiteral } from '../formats/rdf.ts';
import type { ReadableFileSystem } from '../repair/file-system.ts';
import type { AddOn } from './add-ons.ts';
import { listFolder, readFileBytes } from './file-bytes.ts';

const em = 'http://www.mozilla.org/2004/em-rdf#';
const manifest = 'urn:mozilla:install-manifest';
const maxManifestBytes = 64 * 1024;
const maxIniBytes = 1024 * 1024;
const maxAddOns = 2000;

/** em:type; missing = extension. Others are languages, dictionaries, bundles. */
const types: Readonly<Record<string, AddOn['type']>> = { '2': 'extension', '4': 'theme' };

export function readOldAddOns(fs: ReadableFileSystem, profile: string): AddOn[] {
  const folder = path.join(profile, 'extensions');
  const enabled = enabledFolders(fs, profile);
  return listFolder(fs, folder)
    .slice(0, maxAddOns)
    .flatMap(({ name, kind }): AddOn[] => {
      const on = enabled?.has(name) ?? null;
      if (kind === 'file') return /\.xpi$/i.test(name) ? [packed(name, on)] : [];
      if (kind !== 'folder') return [];
      const addOn = readManifest(fs, path.join(folder, name), name, on);
      return addOn === null ? [] : [addOn];
    });
}

/** Null when there is no such list, so that nothing is known. Paths in it are absolute and may be those of another disk. */
function enabledFolders(fs: ReadableFileSystem, profile: string): Set<string> | null {
  const file = readFileBytes(fs, path.join(profile, 'extensions.ini'), maxIniBytes);
  if (file.state !== 'read') return null;
  const ini = parseIni(file.bytes);
  return new Set(
    ['ExtensionDirs', 'ThemeDirs'].flatMap((section) =>
      ini.keys(section).map((key) => lastPart(ini.get(section, key)?.value ?? '')),
    ),
  );
}

const lastPart = (written: string): string => written.replace(/[\\/]+$/, '').replace(/^.*[\\/]/, '');

/** Null when it is no add-on, or one of another kind. */
function readManifest(
  fs: ReadableFileSystem,
  folder: string,
  name: string,
  enabled: boolean | null,
): AddOn | null {
  const file = readFileBytes(fs, path.join(folder, 'install.rdf'), maxManifestBytes);
  if (file.state !== 'read') return null;
  const rdf = parseRdf(file.bytes, maxManifestBytes);
  const said = (property: string): string | null => rdfLiteral(rdf, subjectOf(rdf), em + property) || null;
  const type = types[said('type') ?? '2'];
  if (type === undefined) return null;
  return {
    id: said('id') ?? name,
    name: said('name'),
    version: said('version'),
    enabled,
    type,
    builtIn: false,
  };
}

/** Some manifests name their subject otherwise: then it is whoever has an id and comes first. */
function subjectOf(rdf: RdfFile): string {
  if (rdf.triples.some((triple) => triple.subject === manifest)) return manifest;
  return rdf.triples.find((triple) => triple.predicate === `${em}id`)?.subject ?? manifest;
}

function packed(file: string, enabled: boolean | null): AddOn {
  return {
    id: file.replace(/\.xpi$/i, ''),
    name: null,
    version: null,
    enabled,
    type: 'extension',
    builtIn: false,
  };
}
