/**
 * Which names in a mail directory are folders of mail, and which the program passes over (formats.md 5.2).
 */

/** Compared without regard to case, as the program does. */
const ignoredNames = new Set([
  'msgfilterrules.dat',
  'rules.dat',
  'rulesbackup.dat',
  'filterlog.html',
  'junklog.html',
  'popstate.dat',
  'sort.dat',
  'mailfilt.log',
  'filters.js',
  'feeds.json',
  'feeds.json.tmp',
  'feeds.json.backup',
  'feeds.json.corrupt',
  'feeditems.json',
  'feeditems.json.tmp',
  'feeditems.json.backup',
  'feeditems.json.corrupt',
  'feeds.rdf',
  'feeditems.rdf',
]);

const ignoredEndings = ['.msf', '.sbd', '.mozmsgs', '.toc', '.snm'];

/** A plain file of such a name shows up as a folder. `#PB#…`, Postbox's backups, are hidden by the `#` rule. */
export function isStoreName(name: string): boolean {
  const lower = name.toLowerCase();
  if (lower.startsWith('.') || lower.startsWith('#') || lower.endsWith('~')) return false;
  if (ignoredNames.has(lower) || lower.startsWith('feeditems_error')) return false;
  return !ignoredEndings.some((ending) => lower.endsWith(ending));
}

/** A file that the program keeps beside stores: an index, filters, what was fetched. No mail is in it. */
export function isServiceName(name: string): boolean {
  const lower = name.toLowerCase();
  return lower.endsWith('.msf') || ignoredNames.has(lower);
}

/** File name -> folder name: percent-decoded where that is possible. */
export function folderNameOf(fileName: string): string {
  try {
    return decodeURIComponent(fileName);
  } catch {
    return fileName;
  }
}
