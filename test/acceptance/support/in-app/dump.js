// biome-ignore-all lint/correctness/noUnusedVariables: what calls these is sent along with them (in-app.ts)
/**
 * Everything that the tests compare, as the running Thunderbird sees it. Its shape is Dump in dump-types.ts.
 * args: { primaryPassword, secrets, verify, parseTimeoutMs, quietPrefs }
 */

async function dumpProfile(args) {
  const problems = [];
  /** One failing fact must not hide the others. */
  const look = (what, fact) => {
    try {
      return fact();
    } catch (error) {
      problems.push(`${what}: ${oneLine(error)}`);
      return undefined;
    }
  };
  const primaryPassword = unlockToken(args.primaryPassword);
  const canDecrypt = primaryPassword.unlocked;
  const { name, version, appBuildID } = Services.appinfo;
  const described = { ...dumpAccounts(look), ...dumpOutgoing(look) };
  const logins = await dumpLogins(args.secrets, canDecrypt);
  await addSavedSecrets(described, args.secrets, canDecrypt, look);
  return {
    app: { name, version, buildID: appBuildID, profileDir: PathUtils.profileDir },
    primaryPassword,
    ...described,
    logins,
    folders: await dumpFolders(args, look),
    filters: dumpFilters(look),
    tags: dumpTags(),
    ...(await dumpAddressBooks(look)),
    calendars: dumpCalendars(),
    addons: await dumpAddons(),
    userPrefs: dumpPrefs(new Set(args.quietPrefs), look),
    consoleErrors: dumpConsole(),
    prompts: promptLog.prompts.filter((prompt) => !isOffline(prompt)),
    problems,
  };
}

/** A POP3 account that fetches at start says that it cannot reach its server. */
function isOffline({ phase, title }) {
  return phase === 'start-up' && /^Could not connect to server/.test(title ?? '');
}

function dumpCalendars() {
  const { cal } = ChromeUtils.importESModule('resource:///modules/calendar/calUtils.sys.mjs');
  return cal.manager.getCalendars().map((calendar) => ({
    id: calendar.id,
    name: calendar.name,
    type: calendar.type,
    uri: calendar.uri?.spec ?? null,
    disabled: calendar.getProperty('disabled') === true,
  }));
}

async function dumpAddons() {
  const { AddonManager } = ChromeUtils.importESModule('resource://gre/modules/AddonManager.sys.mjs');
  const addons = await AddonManager.getAllAddons();
  return addons.map(({ id, name, version, type, isActive, isBuiltin }) => ({
    id,
    name,
    version,
    type,
    isActive,
    builtin: isBuiltin === true,
  }));
}

/** Every preference that has a value of the user's own, those of the quiet run left out. */
function dumpPrefs(quietPrefs, look) {
  const { prefs } = Services;
  const names = prefs
    .getChildList('')
    .filter((name) => prefs.prefHasUserValue(name) && !quietPrefs.has(name));
  const read = (name) => {
    const type = prefs.getPrefType(name);
    if (type === Ci.nsIPrefBranch.PREF_STRING) return prefs.getStringPref(name);
    return type === Ci.nsIPrefBranch.PREF_INT ? prefs.getIntPref(name) : prefs.getBoolPref(name);
  };
  return Object.fromEntries(names.sort().map((name) => [name, look(`preference ${name}`, () => read(name))]));
}

/** Errors on the console, without those that every offline run has. */
function dumpConsole() {
  const noise = [
    /EmptyDatabaseError/,
    /User cancelled password prompt/,
    /Password dialog canceled/,
    /ConnectionRefusedError/,
    /services\.settings|remote-settings/i,
    /NS_ERROR_OFFLINE/,
    /UnknownHostError|NS_ERROR_UNKNOWN_HOST/,
  ];
  const errors = [];
  for (const message of Services.console.getMessageArray()) {
    if (!(message instanceof Ci.nsIScriptError)) continue;
    if (message.flags & Ci.nsIScriptError.warningFlag) continue;
    const text = `${message.errorMessage} [${message.sourceName}:${message.lineNumber}]`;
    if (!noise.some((pattern) => pattern.test(text))) errors.push(text);
  }
  return errors;
}
