/**
 * Holds the imports of src/ to the layers of design.md 2: a file imports from its own layer and from those below.
 * Layers that are pure, bytes or data in and out, import nothing that touches files, network or processes.
 *
 *   node scripts/layers.mjs [<src>]     exit 1 and one line for each import that must not be
 */

import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** From the top down. The library is src/index.ts and src/library/. */
const layers = [
  'cli',
  'report',
  'library',
  'migrate',
  'checks',
  'network',
  'providers',
  'system',
  'unlock',
  'profile',
  'repair',
  'formats',
];

const effects = [
  'fs',
  'fs/promises',
  'child_process',
  'net',
  'tls',
  'http',
  'https',
  'dns',
  'os',
  'worker_threads',
];
const forbidden = {
  formats: new Set([...effects.flatMap((name) => [name, `node:${name}`]), 'fs-extra', 'koffi']),
};

const source = path.resolve(process.argv[2] ?? fileURLToPath(new URL('../src', import.meta.url)));
const files = fs.readdirSync(source, { recursive: true }).filter((file) => file.endsWith('.ts'));
const problems = files.sort().flatMap(problemsOf);
for (const problem of problems) console.error(problem);
console.log(
  problems.length === 0 ? `layers: ${files.length} files, all imports go down` : 'layers: imports go up',
);
process.exit(problems.length === 0 ? 0 : 1);

function problemsOf(file) {
  const layer = layerOf(file);
  if (layer === null) return [`src/${file}: belongs to no layer; the layers are ${layers.join(', ')}`];
  const text = fs.readFileSync(path.join(source, file), 'utf8');
  return importsOf(text).flatMap(({ name, line, loads }) => {
    const problem = name.startsWith('.')
      ? (upward(file, layer, name) ?? (loads ? decryption(file, name) : null))
      : effect(layer, name);
    return problem === null ? [] : [`src/${file}:${line}: ${problem}`];
  });
}

function upward(file, layer, name) {
  const target = path.relative(source, path.resolve(source, path.dirname(file), name));
  const targetLayer = layerOf(target);
  if (targetLayer === null) return `imports ${name}, which lies in no layer`;
  if (layers.indexOf(targetLayer) >= layers.indexOf(layer)) return null;
  return `${layer} must not import ${targetLayer} (${name}): imports go down ${layers.join(' > ')}`;
}

/**
 * What decrypts is loaded by those who need it, when they need it: from elsewhere types, or `import()`. Security programs
 * take such code for a thief.
 */
function decryption(file, name) {
  const target = path.relative(source, path.resolve(source, path.dirname(file), name));
  if (!decrypts(target) || decrypts(file)) return null;
  return `${name} decrypts: import its types, or load it with import() where it is needed`;
}

function decrypts(file) {
  return ['unlock', path.join('formats', 'nss')].some((folder) => file.startsWith(folder + path.sep));
}

function effect(layer, name) {
  return forbidden[layer]?.has(name) ? `${layer} is pure and must not import ${name}` : null;
}

/** Relative to src/; null outside of the layers. */
function layerOf(file) {
  const [first] = file.split(path.sep);
  if (file === 'index.ts') return 'library';
  return layers.includes(first) && first !== file ? first : null;
}

/** Static and dynamic imports, re-exports, types and values alike. Comments are blanked, lines kept. */
function importsOf(text) {
  const code = text.replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, (comment) =>
    comment.replaceAll(/[^\n]/g, ' '),
  );
  const pattern =
    /(?:^|[\s;}])(?:import|export)\s[^'"`;]*?from\s*(['"])(.+?)\1|\bimport\s*\(?\s*(['"])(.+?)\3/g;
  return [...code.matchAll(pattern)].map((match) => ({
    name: match[2] ?? match[4],
    // Neither `import type`, `export type` nor `import()`.
    loads: !/\b(import|export)\s+type\b/.test(match[0]) && !/\bimport\s*\(/.test(match[0]),
    line: code.slice(0, match.index + match[0].length).split('\n').length,
  }));
}
