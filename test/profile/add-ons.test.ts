import { describe, expect, it } from 'vitest';
import { type AddOn, readAddOns } from '../../src/profile/add-ons.ts';
import { layOutFixture, readFixtureDocument } from '../support/lay-out-fixture.ts';
import { changesNothing, put, realFiles, temporaryFolder } from './support/stores.ts';

interface DumpedAddOn {
  id: string;
  name: string;
  version: string;
  type: string;
  isActive: boolean;
  builtin: boolean;
}

function read(files: Record<string, string | Uint8Array>): AddOn[] {
  const folder = temporaryFolder();
  for (const [name, content] of Object.entries(files)) put(folder, name, content);
  return changesNothing(folder, () => readAddOns(realFiles, folder));
}

const listed = (...addons: unknown[]): Record<string, string> => ({
  'extensions.json': JSON.stringify({ schemaVersion: 37, addons }),
});
const addOn = (changes: Record<string, unknown> = {}): Record<string, unknown> => ({
  id: 'quickfolders@example.org',
  version: '6.5',
  type: 'extension',
  active: true,
  visible: true,
  defaultLocale: { name: 'QuickFolders' },
  location: 'app-profile',
  ...changes,
});

const installRdf = (properties: string): string => `<?xml version="1.0"?>
<RDF xmlns="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:em="http://www.mozilla.org/2004/em-rdf#">
  <Description about="urn:mozilla:install-manifest">${properties}</Description>
</RDF>`;

describe('the add-ons of a real profile', () => {
  it.each(['plain', 'directories', 'maildir'])(
    '%s are those that Thunderbird lists, the built-in ones too',
    (name) => {
      const { profile } = layOutFixture(name, temporaryFolder());
      const dump = readFixtureDocument(name, 'dump.json') as { addons: DumpedAddOn[] };
      expect(changesNothing(profile, () => readAddOns(realFiles, profile)).sort(byId)).toEqual(
        dump.addons
          .map(({ id, name, version, type, isActive, builtin }) => ({
            id,
            name,
            version,
            type,
            enabled: isActive,
            builtIn: builtin,
          }))
          .sort(byId),
      );
    },
  );
});

const byId = (a: { id: string }, b: { id: string }): number => (a.id < b.id ? -1 : 1);

describe('extensions.json', () => {
  it('says what is installed and what of it is on', () => {
    expect(
      read(listed(addOn(), addOn({ id: 'b', active: false, type: 'theme', location: 'app-builtin' }))),
    ).toEqual([
      {
        id: 'quickfolders@example.org',
        name: 'QuickFolders',
        version: '6.5',
        enabled: true,
        type: 'extension',
        builtIn: false,
      },
      { id: 'b', name: 'QuickFolders', version: '6.5', enabled: false, type: 'theme', builtIn: true },
    ]);
  });

  it('also lists what is no add-on to its owner, and hidden twins', () => {
    expect(
      read(
        listed(
          addOn({ type: 'locale' }),
          addOn({ type: 'dictionary' }),
          addOn({ visible: false }),
          addOn({ id: 5 }),
          null,
        ),
      ),
    ).toEqual([]);
  });

  it('may lack what an older program did not write', () => {
    expect(read(listed({ id: 'x', type: 'extension' }))).toEqual([
      { id: 'x', name: null, version: null, enabled: null, type: 'extension', builtIn: false },
    ]);
  });

  it.each(['', '{', '[]', '{"addons":5}', 'null'])(
    'that reads %j counts as none: the program makes it anew',
    (text) => {
      expect(read({ 'extensions.json': text })).toEqual([]);
    },
  );

  it('counts before what lies in the folder', () => {
    expect(
      read({ ...listed(addOn()), 'extensions/other/install.rdf': installRdf('<em:id>other</em:id>') }),
    ).toHaveLength(1);
  });
});

describe('add-ons of an older program', () => {
  const lightning = installRdf(
    '<em:id>lightning@example.org</em:id><em:name>Lightning</em:name><em:version>1.0</em:version><em:type>2</em:type>',
  );

  it('have a folder and a manifest each; extensions.ini says which are on', () => {
    const files = {
      'extensions.ini':
        '[ExtensionDirs]\r\nExtension0=C:\\Users\\me\\AppData\\Roaming\\Postbox\\Profiles\\x\\extensions\\lightning@example.org\r\n[ThemeDirs]\r\nExtension0=/home/me/x/extensions/theme@example.org/\r\n',
      'extensions/lightning@example.org/install.rdf': lightning,
      'extensions/off@example.org/install.rdf': installRdf('<em:name>Off</em:name>'),
      'extensions/theme@example.org/install.rdf': installRdf('<em:type>4</em:type><em:name>Dark</em:name>'),
    };
    expect(read(files)).toEqual([
      {
        id: 'lightning@example.org',
        name: 'Lightning',
        version: '1.0',
        enabled: true,
        type: 'extension',
        builtIn: false,
      },
      {
        id: 'off@example.org',
        name: 'Off',
        version: null,
        enabled: false,
        type: 'extension',
        builtIn: false,
      },
      { id: 'theme@example.org', name: 'Dark', version: null, enabled: true, type: 'theme', builtIn: false },
    ]);
  });

  it('are on or off, nobody knows, without extensions.ini', () => {
    expect(read({ 'extensions/x/install.rdf': lightning })).toMatchObject([{ enabled: null }]);
  });

  it('may have a manifest about a subject of another name', () => {
    const other = lightning.replace('urn:mozilla:install-manifest', 'urn:other');
    expect(read({ 'extensions/x/install.rdf': other })).toMatchObject([
      { id: 'lightning@example.org', name: 'Lightning' },
    ]);
  });

  it('are known by their folder when the manifest is damaged or too large', () => {
    const files = {
      'extensions/a@example.org/install.rdf': 'garbage',
      'extensions/b@example.org/install.rdf': lightning + ' '.repeat(70_000),
    };
    expect(read(files)).toMatchObject([{ id: 'a@example.org', name: null }]);
  });

  it('are not languages or dictionaries, nor folders and files without a manifest', () => {
    const files = {
      'extensions/langpack/install.rdf': installRdf('<em:type>8</em:type>'),
      'extensions/empty/readme.txt': '',
      'extensions/pointer@example.org': '/somewhere/else',
    };
    expect(read(files)).toEqual([]);
  });

  it('that are packed are known by their file', () => {
    expect(read({ 'extensions/tool@example.org.xpi': 'PK' })).toEqual([
      { id: 'tool@example.org', name: null, version: null, enabled: null, type: 'extension', builtIn: false },
    ]);
  });

  it('are none in an empty profile', () => {
    expect(read({})).toEqual([]);
    expect(readAddOns(realFiles, '/nowhere/at/all')).toEqual([]);
  });
});
