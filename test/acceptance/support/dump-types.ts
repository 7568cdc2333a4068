/**
 * The shape of a dump: one profile as the real Thunderbird sees it. The names of its constants are Thunderbird's
 * own (nsMsgSocketType, nsMsgAuthMethod). Secrets are there only when they were asked for.
 */

export interface Dump {
  app: { name: string; version: string; buildID: string; profileDir: string };
  primaryPassword: { hasPassword: boolean; unlocked: boolean; wrongPassword?: boolean };
  defaultAccount: string | null;
  localFoldersServer: string | null;
  allServers: string[];
  allIdentities: string[];
  accounts: DumpedAccount[];
  defaultOutgoing: string | null;
  outgoing: DumpedOutgoing[];
  logins: DumpedLogin[] | { locked: true };
  folders: DumpedFolder[];
  filters: { server: string; filters: DumpedFilter[] }[];
  tags: { key: string; tag: string; color: string }[];
  addressBooks: DumpedAddressBook[];
  ldap: DumpedLdap[];
  calendars: { id: string; name: string; type: string; uri: string | null; disabled: boolean }[];
  addons: DumpedAddon[];
  /** Every preference with a value of the user's own. */
  userPrefs: Record<string, string | number | boolean>;
  consoleErrors: string[];
  prompts: { phase: string; kind: string; title: string | null; text: string | null }[];
  /** Facts that could not be had, in words. */
  problems: string[];
}

/** What only a run knows. */
export interface RunDump extends Dump {
  /** What Thunderbird changed on disk by starting and ending. */
  fileChanges: FileChanges;
  run: { notes: string[]; networkIsolated: boolean; cleanExit: boolean };
}

export interface FileChanges {
  created: string[];
  deleted: string[];
  modified: string[];
  /** Lines of prefs.js. */
  prefsAdded: string[];
  prefsRemoved: string[];
}

export interface DumpedAccount {
  key: string;
  isDefault: boolean;
  defaultIdentity: string | null;
  server: DumpedServer | null;
  identities: DumpedIdentity[];
}

export type SocketType = 'plain' | 'trySTARTTLS' | 'alwaysSTARTTLS' | 'SSL';
export type AuthMethod =
  | 'none'
  | 'old'
  | 'passwordCleartext'
  | 'passwordEncrypted'
  | 'GSSAPI'
  | 'NTLM'
  | 'External'
  | 'secure'
  | 'anything'
  | 'OAuth2';

/** `value` only when secrets were asked for. */
export interface SavedSecret {
  found: boolean;
  locked?: true;
  value?: string;
}

interface WithSavedSecret {
  /** What Thunderbird's own look-up yields for this server. */
  effectivePassword?: SavedSecret;
  /** The same for servers that sign in with OAuth2. */
  effectiveRefreshToken?: SavedSecret;
}

export interface DumpedServer extends WithSavedSecret {
  key: string;
  type: string;
  hostname: string;
  /** -1: none. */
  port: number;
  username: string;
  socketType: SocketType;
  authMethod: AuthMethod;
  prettyName: string;
  serverURI: string;
  /** Absolute. */
  localPath: string;
  localPathExists: boolean;
  localStoreType: string;
  store: string;
  hidden: boolean;
  isDeferredTo: boolean;
  doBiff: boolean;
  biffMinutes: number;
  loginAtStartUp: boolean;
  downloadOnBiff: boolean;
  deferredToAccount?: string;
  deferGetNewMail?: boolean;
  leaveOnServer?: boolean;
  daysToLeave?: number;
  deleteMailLeftOnServer?: boolean;
  serverDirectory?: string;
  personalNamespace?: string;
  trashFolderName?: string;
  offlineDownload?: boolean;
}

export interface DumpedIdentity {
  key: string;
  email: string | null;
  fullName: string | null;
  label: string | null;
  identityName: string | null;
  replyTo: string | null;
  organization: string | null;
  smtpServerKey: string | null;
  composeHtml: boolean;
  htmlSigText: string;
  attachSignature: boolean;
  replyOnTop: number;
  catchAll: boolean;
  catchAllHint: string | null;
  doFcc: boolean;
  fccFolderURI: string | null;
  draftsFolderURI: string | null;
  templatesFolderURI: string | null;
  archivesFolderURI: string | null;
  archiveEnabled: boolean;
  openPgpKeyId: string;
}

export interface DumpedOutgoing extends WithSavedSecret {
  key: string;
  type: string;
  isDefault: boolean;
  description: string;
  hostname: string | null;
  port: number | null;
  username: string;
  socketType: SocketType;
  authMethod: AuthMethod;
  uri: string;
}

export interface DumpedLogin {
  origin: string;
  realm: string | null;
  formActionOrigin: string | null;
  username: string;
  password?: string;
}

export interface DumpedFolder {
  server: string;
  uri: string;
  name: string;
  path: string;
  virtual: boolean;
  storeExists: boolean;
  summaryExists: boolean;
  /** Of saved searches. */
  search?: { folders: string[]; terms: string; online: boolean };
  /** Local folders: the index was missing or stale, and was made anew. */
  reparsed?: boolean;
  /** Counted in the index. */
  messages?: number;
  unread?: number;
  flagged?: number;
  tags?: Record<string, number>;
  /** Of the sorted Message-IDs, one per line. */
  idsSha256?: string;
  /** Stored texts read through Thunderbird's own offsets, and those that belong to another message. */
  bodiesChecked?: number;
  bodiesWrong?: number;
  error?: string;
  /** In the folder pane; -1: never opened. */
  totalShown: number;
  unreadShown: number;
  sizeOnDisk: number;
}

export interface DumpedFilter {
  name: string;
  enabled: boolean;
  unparseable: boolean;
  terms: string[];
  actions: { type: string; target?: string; targetExists?: boolean }[];
}

export interface DumpedAddressBook {
  prefId: string;
  name: string;
  uri: string;
  dirType: number;
  fileName: string | null;
  readOnly: boolean | null;
  isCardDAV?: boolean;
  cards?: number;
  cardList?: { displayName: string; primaryEmail: string }[];
  lists?: {
    name: string;
    nickName: string;
    description: string;
    members: { displayName: string; email: string }[];
  }[];
  error?: string;
}

export interface DumpedLdap {
  prefId: string;
  name: string;
  uri: string;
  dirType: number;
  fileName: string | null;
  readOnly: boolean | null;
  lDAPURL: string | null;
  authDn: string | null;
  maxHits: number | null;
  saslMechanism: string | null;
}

export interface DumpedAddon {
  id: string;
  name: string;
  version: string;
  type: string;
  isActive: boolean;
  builtin: boolean;
}
