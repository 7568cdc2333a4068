// biome-ignore-all lint/correctness/noUnusedVariables: what calls these is sent along with them (in-app.ts)
/** Builds the profile of a scenario (scenario.ts, rendered by make.ts) inside an empty Thunderbird. */

async function makeScenario({ scenario, downloads, primaryPassword }) {
  const prefKinds = { boolean: 'setBoolPref', number: 'setIntPref', string: 'setStringPref' };
  setValues(Services.prefs, prefKinds, scenario.prefs);
  // First, as a careful owner would: everything that follows is then stored under it.
  if (primaryPassword !== null) {
    softwareToken().changePassword('', primaryPassword);
    unlockToken(primaryPassword);
  }
  await Services.logins.initializationPromise;
  const outgoing = await makeOutgoing(scenario);
  const accounts = await makeAccounts(scenario, outgoing);
  for (const login of scenario.logins ?? []) await addLogin(login);
  for (const [id, account] of Object.entries(accounts)) {
    if (downloads[id]) await downloadFolders(account, downloads[id]);
    else if (account.spec.folders) {
      account.server.rootFolder.subFolders;
      await makeFolders(account.server.rootFolder, account.spec.folders);
    }
  }
  for (const book of scenario.addressBooks ?? []) await makeAddressBook(book);
  for (const directory of scenario.ldap ?? []) makeLdap(directory);
  removeAccounts(scenario.removeAccounts, accounts);
  MailServices.accounts.saveAccountInfo();
  Services.prefs.savePrefFile(null);
  await pause(300);
  return promptLog.prompts;
}

async function addLogin({ origin, realm, username, password }) {
  const login = Cc['@mozilla.org/login-manager/loginInfo;1'].createInstance(Ci.nsILoginInfo);
  login.init(origin, null, realm, username, password, '', '');
  await Services.logins.addLoginAsync(login);
}

async function makeAddressBook({ builtin, name, cards, lists }) {
  const { VCardUtils } = ChromeUtils.importESModule('resource:///modules/VCardUtils.sys.mjs');
  const id = builtin
    ? `ldap_2.servers.${builtin}`
    : MailServices.ab.newAddressBook(name, '', Ci.nsIAbManager.JS_DIRECTORY_TYPE);
  const directory = MailServices.ab.getDirectoryFromId(id);
  const added = [];
  for (const card of cards) added.push(await directory.addCard(VCardUtils.vCardToAbCard(card)));
  for (const spec of lists ?? []) {
    const list = Cc['@mozilla.org/addressbook/directoryproperty;1'].createInstance(Ci.nsIAbDirectory);
    list.isMailList = true;
    list.dirName = spec.name;
    list.listNickName = spec.nickName ?? '';
    list.description = spec.description ?? '';
    const stored = await directory.addMailList(list);
    for (const member of spec.members) stored.addCard(added[member]);
  }
}

function makeLdap({ name, uri, ...values }) {
  const id = MailServices.ab.newAddressBook(name, uri, Ci.nsIAbManager.LDAP_DIRECTORY_TYPE);
  Object.assign(MailServices.ab.getDirectoryFromId(id).QueryInterface(Ci.nsIAbLDAPDirectory), values);
}

/** On the second start: every folder is looked at once, so that what Thunderbird settles is settled. */
async function settle() {
  await pause(500);
  for (const { incomingServer } of MailServices.accounts.accounts) incomingServer?.rootFolder.descendants;
}
