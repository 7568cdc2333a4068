/**
 * Roots of Thunderbird as they were put before Thunderbird 153.7.0 in /usr/lib/thunderbird, each with what it did:
 * the folder it opened, `new` for a profile that it made, `manager` for its profile manager, `fails` for a dialog that
 * says it cannot start. `@R` stands for the root, `@H` for the home folder that it lies in.
 */

export const thisDirectory = '/usr/lib/thunderbird';
const thisHash = 'FDC34C9F024745EB';

export interface StartScenario {
  /** profiles.ini; null for none. */
  ini: string | Uint8Array | null;
  installsIni?: string;
  /** Profile folders, relative to the root, with the LastPlatformDir they name; '' for a compatibility.ini without, null for none. */
  folders: Readonly<Record<string, string | null>>;
  env?: Readonly<Record<string, string>>;
  /** A plain file, or a link by its target, in place of a folder. */
  file?: string;
  link?: readonly [string, string];
  seen: string;
}

const general = '[General]\nStartWithLastProfile=1\nVersion=2\n\n';
const asking = '[General]\nStartWithLastProfile=0\nVersion=2\n\n';
const profile = (index: number, name: string, path: string, more = '', isRelative = '1'): string =>
  `[Profile${index}]\nName=${name}\nIsRelative=${isRelative}\nPath=${path}\n${more}${more === '' ? '' : '\n'}\n`;
const install = (hash: string, path: string, locked = false): string =>
  `[Install${hash}]\nDefault=${path}\n${locked ? 'Locked=1\n' : ''}\n`;
const own = (path: string): string => install(thisHash, path, true);
const isDefault = 'Default=1';
const used = (...names: string[]): Record<string, string> =>
  Object.fromEntries(names.map((name) => [name, thisDirectory]));
const twoUsed = used('a', 'b');
const oldDefault = general + profile(0, 'a', 'a') + profile(1, 'b', 'b', isDefault);
const both = general + profile(0, 'a', 'a', isDefault) + profile(1, 'b', 'b');
const wide = (text: string): Uint8Array => Uint8Array.from(Buffer.from(`\ufeff${text}`, 'utf16le'));

export const startScenarios: Readonly<Record<string, StartScenario>> = {
  'its own section decides, not Default=1': { ini: both + own('b'), folders: twoUsed, seen: 'b' },
  'it asks every time, also with a profile of its own': {
    ini: asking + profile(0, 'a', 'a', isDefault) + profile(1, 'b', 'b') + own('b'),
    folders: twoUsed,
    seen: 'manager',
  },
  'it asks every time, also at its first start': {
    ini: asking + profile(0, 'a', 'a', isDefault) + profile(1, 'b', 'b'),
    folders: twoUsed,
    seen: 'manager',
  },
  'it asks every time, also for a single profile': {
    ini: asking + profile(0, 'a', 'a', isDefault) + own('a'),
    folders: used('a'),
    seen: 'manager',
  },
  'its profile is hidden by a gap in the numbers': {
    ini: general + profile(0, 'a', 'a', isDefault) + profile(2, 'c', 'c') + own('c'),
    folders: used('a', 'c'),
    seen: 'manager',
  },
  'its section names no profile': {
    ini: general + profile(0, 'a', 'a', isDefault) + own('zzz'),
    folders: used('a'),
    seen: 'manager',
  },
  'its section says: none': {
    ini: `${general + profile(0, 'a', 'a', isDefault)}[Install${thisHash}]\nDefault=\n`,
    folders: used('a'),
    seen: 'manager',
  },
  'a section without Default is none: it takes the default over': {
    ini: `${general + profile(0, 'a', 'a', isDefault)}[Install${thisHash}]\nLocked=1\n`,
    folders: used('a'),
    seen: 'a',
  },
  'the first start takes over the default profile that it used last': {
    ini: oldDefault,
    folders: twoUsed,
    seen: 'b',
  },
  'a slash at the end is no other directory': {
    ini: oldDefault,
    folders: { a: thisDirectory, b: `${thisDirectory}/` },
    seen: 'b',
  },
  'another case is another directory': {
    ini: oldDefault,
    folders: { a: thisDirectory, b: '/usr/lib/Thunderbird' },
    seen: 'new',
  },
  'not one that another installation used last': {
    ini: oldDefault,
    folders: { a: thisDirectory, b: '/opt/thunderbird' },
    seen: 'new',
  },
  'not one that another installation has locked': {
    ini: oldDefault + install('AAAA', 'b', true),
    folders: twoUsed,
    seen: 'new',
  },
  'but one that another installation only uses': {
    ini: oldDefault + install('AAAA', 'b'),
    folders: twoUsed,
    seen: 'b',
  },
  'not one without compatibility.ini': {
    ini: oldDefault,
    folders: { a: thisDirectory, b: null },
    seen: 'new',
  },
  'but one so old that it names no directory': {
    ini: oldDefault,
    folders: { a: thisDirectory, b: '' },
    seen: 'b',
  },
  'a single profile is the default': { ini: general + profile(0, 'a', 'a'), folders: used('a'), seen: 'a' },
  'a single profile that was never used': {
    ini: general + profile(0, 'a', 'a'),
    folders: { a: null },
    seen: 'new',
  },
  'two profiles and no default': {
    ini: general + profile(0, 'a', 'a') + profile(1, 'b', 'b'),
    folders: twoUsed,
    seen: 'new',
  },
  'of two defaults the last': {
    ini: general + profile(0, 'a', 'a', isDefault) + profile(1, 'b', 'b', isDefault),
    folders: twoUsed,
    seen: 'b',
  },
  'the name of the new profile is taken': {
    ini: general + profile(0, 'default-default', 'a') + profile(1, 'b', 'b'),
    folders: twoUsed,
    seen: 'new',
  },
  'without install sections: a single profile': {
    env: { MOZ_LEGACY_PROFILES: '1' },
    ini: general + profile(0, 'a', 'a'),
    folders: used('a'),
    seen: 'a',
  },
  'without install sections: the default one': {
    env: { MOZ_LEGACY_PROFILES: '1' },
    ini: oldDefault + own('a'),
    folders: twoUsed,
    seen: 'b',
  },
  'without install sections: also by an empty variable': {
    env: { MOZ_LEGACY_PROFILES: '' },
    ini: oldDefault + own('a'),
    folders: twoUsed,
    seen: 'b',
  },
  'without install sections: two and no default': {
    env: { MOZ_LEGACY_PROFILES: '1' },
    ini: general + profile(0, 'a', 'a') + profile(1, 'b', 'b'),
    folders: twoUsed,
    seen: 'manager',
  },
  'without install sections: no profile': {
    env: { MOZ_LEGACY_PROFILES: '1' },
    ini: general,
    folders: {},
    seen: 'new',
  },
  'without install sections: it asks every time': {
    env: { MOZ_LEGACY_PROFILES: '1' },
    ini: asking + profile(0, 'a', 'a', isDefault) + profile(1, 'b', 'b'),
    folders: twoUsed,
    seen: 'manager',
  },
  'without install sections: it asks every time, also for a single profile': {
    env: { MOZ_LEGACY_PROFILES: '1' },
    ini: asking + profile(0, 'a', 'a', isDefault),
    folders: used('a'),
    seen: 'manager',
  },
  'the environment names the folder': {
    env: { XRE_PROFILE_PATH: '@R/b' },
    ini: both + own('a'),
    folders: twoUsed,
    seen: 'b',
  },
  'the environment names a folder that is not there': {
    env: { XRE_PROFILE_PATH: '@R/gone' },
    ini: general + profile(0, 'a', 'a', isDefault) + own('a'),
    folders: used('a'),
    seen: 'fails',
  },
  'the environment names nothing': {
    env: { XRE_PROFILE_PATH: '' },
    ini: general + profile(0, 'a', 'a', isDefault) + own('a'),
    folders: used('a'),
    seen: 'a',
  },
  'the environment names the default that another installation used': {
    env: { XRE_PROFILE_PATH: '@R/b' },
    ini: oldDefault,
    folders: { a: thisDirectory, b: '/opt/thunderbird' },
    seen: 'new',
  },
  'the environment names the default that was never used': {
    env: { XRE_PROFILE_PATH: '@R/b' },
    ini: oldDefault,
    folders: { a: thisDirectory, b: null },
    seen: 'new',
  },
  'a folder elsewhere': {
    ini: general + profile(0, 'a', '@H/else', '', '0') + own('@H/else'),
    folders: used('../else'),
    seen: '../else',
  },
  'an absolute path below the root is written anew, so the section must name it relatively': {
    ini: general + profile(0, 'a', '@R/a', isDefault, '0') + profile(1, 'b', 'b') + own('@R/a'),
    folders: twoUsed,
    seen: 'manager',
  },
  'the same, named relatively': {
    ini: general + profile(0, 'a', '@R/a', isDefault, '0') + profile(1, 'b', 'b') + own('a'),
    folders: twoUsed,
    seen: 'a',
  },
  'an absolute path marked as relative': {
    ini: general + profile(0, 'a', '@R/a', isDefault) + profile(1, 'b', 'b') + own('a'),
    folders: twoUsed,
    seen: 'manager',
  },
  'a relative path marked as absolute is skipped': {
    ini: general + profile(0, 'a', 'a', isDefault, '0') + profile(1, 'b', 'b') + own('a'),
    folders: twoUsed,
    seen: 'manager',
  },
  'a way out of the root, named as it is written anew': {
    ini: general + profile(0, 'a', '../else', isDefault) + profile(1, 'b', 'b') + own('@H/else'),
    folders: used('b', '../else'),
    seen: '../else',
  },
  'a way out of the root, named as it stands': {
    ini: general + profile(0, 'a', '../else', isDefault) + profile(1, 'b', 'b') + own('../else'),
    folders: used('b', '../else'),
    seen: 'manager',
  },
  'a dot in the path stays': {
    ini: general + profile(0, 'a', './a', isDefault) + profile(1, 'b', 'b') + own('a'),
    folders: twoUsed,
    seen: 'manager',
  },
  'a slash at the end of the path goes': {
    ini: general + profile(0, 'a', 'a/', isDefault) + profile(1, 'b', 'b') + own('a'),
    folders: twoUsed,
    seen: 'a',
  },
  'doubled slashes become one': {
    ini: general + profile(0, 'a', 'x//a', isDefault) + profile(1, 'b', 'b') + own('x/a'),
    folders: used('x/a', 'b'),
    seen: 'x/a',
  },
  'a path with backslashes is one name': {
    ini: general + profile(0, 'a', 'Profiles\\a', isDefault) + profile(1, 'b', 'b') + own('Profiles\\a'),
    folders: used('Profiles/a', 'b'),
    seen: 'fails',
  },
  'the folder is gone': {
    ini: general + profile(0, 'a', 'gone', isDefault) + profile(1, 'b', 'b') + own('gone'),
    folders: used('b'),
    seen: 'fails',
  },
  'the folder is a file': {
    ini: general + profile(0, 'a', 'f', isDefault) + profile(1, 'b', 'b') + own('f'),
    folders: used('b'),
    file: 'f',
    seen: 'fails',
  },
  'the folder is a link': {
    ini: general + profile(0, 'a', 'l', isDefault) + profile(1, 'b', 'b') + own('l'),
    folders: used('b', '../real'),
    link: ['l', '@H/real'],
    seen: 'l',
  },
  'two profiles in one folder': {
    ini: general + profile(0, 'a', 'a') + profile(1, 'b', 'a', isDefault) + own('a'),
    folders: used('a'),
    seen: 'a',
  },
  'a section without Name is passed over': {
    ini: `${general}[Profile0]\nIsRelative=1\nPath=a\n\n${profile(1, 'b', 'b')}`,
    folders: twoUsed,
    seen: 'b',
  },
  'a section without Path is passed over': {
    ini: `${general}[Profile0]\nIsRelative=1\nName=a\n\n${profile(1, 'b', 'b')}`,
    folders: twoUsed,
    seen: 'b',
  },
  'a section without IsRelative ends the list': {
    ini: `${general}[Profile0]\nName=a\nPath=a\n\n${profile(1, 'b', 'b')}`,
    folders: twoUsed,
    seen: 'new',
  },
  'an empty name is a name': {
    ini: general + profile(0, '', 'a', isDefault) + own('a'),
    folders: used('a'),
    seen: 'a',
  },
  'without Version installs.ini is read': {
    ini: `[General]\nStartWithLastProfile=1\n\n${profile(0, 'a', 'a', isDefault)}${profile(1, 'b', 'b')}`,
    installsIni: `[${thisHash}]\nDefault=b\nLocked=1\n`,
    folders: twoUsed,
    seen: 'b',
  },
  'without Version installs.ini goes over profiles.ini': {
    ini: `[General]\nStartWithLastProfile=1\n\n${profile(0, 'a', 'a', isDefault)}${profile(1, 'b', 'b')}${own('a')}`,
    installsIni: `[${thisHash}]\nDefault=b\nLocked=1\n`,
    folders: twoUsed,
    seen: 'b',
  },
  'with any Version installs.ini is not read': {
    ini: `[General]\nStartWithLastProfile=1\nVersion=1\n\n${profile(0, 'a', 'a', isDefault)}${profile(1, 'b', 'b')}`,
    installsIni: `[${thisHash}]\nDefault=b\nLocked=1\n`,
    folders: twoUsed,
    seen: 'a',
  },
  'an empty profiles.ini': { ini: '', folders: twoUsed, seen: 'new' },
  'an empty profiles.ini beside installs.ini': {
    ini: '',
    installsIni: `[${thisHash}]\nDefault=b\nLocked=1\n`,
    folders: twoUsed,
    seen: 'manager',
  },
  'a profiles.ini of NUL bytes': { ini: '\0'.repeat(300), folders: used('a'), seen: 'new' },
  'no profiles.ini: installs.ini is not read': {
    ini: null,
    installsIni: `[${thisHash}]\nDefault=b\nLocked=1\n`,
    folders: twoUsed,
    seen: 'new',
  },
  'line ends of Windows': { ini: (both + own('b')).replaceAll('\n', '\r\n'), folders: twoUsed, seen: 'b' },
  'a mark of UTF-8': { ini: `\ufeff${both}${own('b')}`, folders: twoUsed, seen: 'b' },
  'UTF-16 with its mark': { ini: wide(both + own('b')), folders: twoUsed, seen: 'b' },
  'names beyond ASCII': {
    ini: general + profile(0, 'Jörg', 'a\u0308.jörg', isDefault) + own('a\u0308.jörg'),
    folders: used('a\u0308.jörg'),
    seen: 'a\u0308.jörg',
  },
  'a blank before = is part of the key': {
    ini: `${general}[Profile0]\nName=a\nIsRelative=1\nPath =a\n${own('a')}`,
    folders: used('a'),
    seen: 'manager',
  },
  'a blank after = is part of the value': {
    ini: `${general}[Profile0]\nName=a\nIsRelative=1\nPath= a\n${own(' a')}`,
    folders: used('a', ' a'),
    seen: ' a',
  },
  'a blank at the end is part of the value': {
    ini: `${general}[Profile0]\nName=a\nIsRelative=1\nPath=a \n${own('a')}`,
    folders: used('a', 'a '),
    seen: 'manager',
  },
};
