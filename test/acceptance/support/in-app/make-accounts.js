// biome-ignore-all lint/correctness/noUnusedVariables: what calls these is sent along with them (in-app.ts)
/** Accounts, identities and outgoing servers of a scenario, created the way the account set-up creates them. */

const storeContracts = {
  mbox: '@mozilla.org/msgstore/berkeleystore;1',
  maildir: '@mozilla.org/msgstore/maildirstore;1',
};

function setValues(target, kinds, values) {
  for (const [name, value] of Object.entries(values ?? {})) target[kinds[typeof value]](name, value);
}

async function rememberPassword(server, password) {
  if (password === undefined) return;
  const { CreateInBackend } = ChromeUtils.importESModule(
    'resource:///modules/accountcreation/CreateInBackend.sys.mjs',
  );
  await CreateInBackend.rememberPassword(server, password);
}

/** Answers the servers by the id that the scenario gives them. */
async function makeOutgoing(scenario) {
  const service = MailServices.outgoingServer;
  const byId = {};
  for (const spec of scenario.outgoing ?? []) {
    const server = service.createServer('smtp');
    const smtp = server.QueryInterface(Ci.nsISmtpServer);
    smtp.hostname = spec.host;
    smtp.port = spec.port;
    server.socketType = Ci.nsMsgSocketType[spec.socketType];
    server.authMethod = Ci.nsMsgAuthMethod[spec.auth];
    if (spec.auth !== 'none') server.username = spec.username;
    server.description = spec.description ?? '';
    if (spec.default || !service.defaultServer) service.defaultServer = server;
    await rememberPassword(server, spec.password);
    byId[spec.id] = server;
  }
  return byId;
}

/** Answers { account, server, spec } by id. Local Folders come after the first account, as they do in real life. */
async function makeAccounts(scenario, outgoing) {
  const byId = {};
  const makeLocal = () => {
    byId.local ??= makeLocalFolders(scenario.accounts.find(({ id }) => id === 'local') ?? { id: 'local' });
  };
  for (const spec of scenario.accounts) {
    if (spec.id !== 'local') byId[spec.id] = await makeAccount(spec, outgoing);
    makeLocal();
    if (spec.id !== 'local') await finishAccount(byId[spec.id], byId);
  }
  makeLocal();
  if (scenario.defaultAccount) MailServices.accounts.defaultAccount = byId[scenario.defaultAccount].account;
  MailServices.accounts.saveAccountInfo();
  return byId;
}

function makeLocalFolders(spec) {
  const { prefs } = Services;
  const storePref = 'mail.serverDefaultStoreContractID';
  const usual = prefs.getCharPref(storePref);
  if (spec.store) prefs.setCharPref(storePref, storeContracts[spec.store]);
  MailServices.accounts.createLocalMailAccount();
  if (spec.store) prefs.setCharPref(storePref, usual);
  const server = MailServices.accounts.localFoldersServer;
  if (spec.name) server.prettyName = spec.name;
  return { account: MailServices.accounts.findAccountForServer(server), server, spec };
}

async function makeAccount(spec, outgoing) {
  const accounts = MailServices.accounts;
  const server = accounts.createIncomingServer(spec.username ?? 'nobody', spec.host, spec.type);
  if (spec.store) server.setStringValue('storeContractID', storeContracts[spec.store]);
  if (spec.port) server.port = spec.port;
  if (spec.type !== 'rss') {
    server.authMethod = Ci.nsMsgAuthMethod[spec.auth ?? 'passwordCleartext'];
    server.socketType = Ci.nsMsgSocketType[spec.socketType ?? 'SSL'];
  }
  server.prettyName = spec.name ?? spec.identities?.[0]?.email ?? spec.username;
  server.doBiff = true;
  server.biffMinutes = 10;
  server.setBoolValue('login_at_startup', true);
  const kinds = { boolean: 'setBoolValue', number: 'setIntValue', string: 'setStringValue' };
  setValues(server, kinds, spec.settings);
  await rememberPassword(server, spec.password);
  server.valid = true;
  const account = accounts.createAccount();
  for (const identity of spec.identities ?? []) account.addIdentity(makeIdentity(identity, outgoing));
  account.incomingServer = server;
  const { defaultAccount } = accounts;
  const hasDefault = defaultAccount?.incomingServer?.canBeDefaultServer === true;
  if (spec.default || (!hasDefault && server.canBeDefaultServer)) accounts.defaultAccount = account;
  return { account, server, spec };
}

function makeIdentity(spec, outgoing) {
  const identity = MailServices.accounts.createIdentity();
  const { outgoing: outgoingId, ...values } = spec;
  Object.assign(identity, values);
  if (outgoingId) identity.smtpServerKey = outgoing[outgoingId].key;
  identity.valid = true;
  return identity;
}

/** What needs the other accounts: where copies go, whose folders a deferred account uses. */
async function finishAccount({ account, server, spec }, byId) {
  const target = spec.deferTo ? byId[spec.deferTo] : null;
  if (spec.type === 'imap' || spec.type === 'pop3') {
    const root = `${(target?.server ?? server).serverURI}/`;
    for (const identity of account.identities) {
      identity.fccFolderURI = `${root}Sent`;
      identity.draftsFolderURI = `${root}Drafts`;
      identity.templatesFolderURI = `${root}Templates`;
      identity.fccFolderPickerMode = 0;
      identity.draftsFolderPickerMode = 0;
    }
  }
  if (target) {
    server.setStringValue('deferred_to_account', target.account.key);
    server.setBoolValue('defer_get_new_mail', true);
  }
  if (spec.newsgroups) {
    const news = server.QueryInterface(Ci.nsINntpIncomingServer);
    for (const group of spec.newsgroups) news.subscribeToNewsgroup(group);
    news.writeNewsrcFile?.();
  }
  if (spec.feeds) await subscribeToFeeds(server, spec.feeds);
}

/** As after a first fetch: a folder for each feed, and its line in feeds.json. */
async function subscribeToFeeds(server, feeds) {
  const { FeedUtils } = ChromeUtils.importESModule('resource:///modules/FeedUtils.sys.mjs');
  const root = server.rootFolder;
  for (const { url, title } of feeds) {
    root.createSubfolder(title, null);
    const folder = root.getChildNamed(title);
    const { Feed } = ChromeUtils.importESModule('resource:///modules/Feed.sys.mjs');
    const feed = new Feed(url, folder);
    feed.title = title;
    FeedUtils.addFeed(feed);
  }
}

/** As "Remove Account" of the account settings without "Remove message data". */
function removeAccounts(ids, byId) {
  for (const id of ids ?? []) {
    MailServices.accounts.removeAccount(byId[id].account, false);
    delete byId[id];
  }
}
