// biome-ignore-all lint/correctness/noUnusedVariables: what calls these is sent along with them (in-app.ts)
/** Accounts with their servers and identities, outgoing servers, and whether each finds its saved password. */

function dumpAccounts(look) {
  const accounts = MailServices.accounts;
  const defaultAccount = look('default account', () => accounts.defaultAccount?.key) ?? null;
  return {
    defaultAccount,
    localFoldersServer: localFolders(),
    allServers: look('servers', () => accounts.allServers.map((server) => server.key).sort()) ?? [],
    allIdentities:
      look('identities', () => accounts.allIdentities.map((identity) => identity.key).sort()) ?? [],
    accounts: accounts.accounts.map((account) => ({
      key: account.key,
      isDefault: account.key === defaultAccount,
      defaultIdentity: look(`identity of ${account.key}`, () => account.defaultIdentity?.key) ?? null,
      server: account.incomingServer ? describeServer(account.incomingServer, look) : null,
      identities: look(`identities of ${account.key}`, () => account.identities.map(describeIdentity)) ?? [],
    })),
  };
}

/** Asking for it fails where there is none. */
function localFolders() {
  try {
    return MailServices.accounts.localFoldersServer.key;
  } catch {
    return null;
  }
}

function describeServer(server, look) {
  const facts = {
    type: () => server.type,
    hostname: () => server.hostname,
    port: () => server.port,
    username: () => server.username,
    socketType: () => constantName(Ci.nsMsgSocketType, server.socketType),
    authMethod: () => constantName(Ci.nsMsgAuthMethod, server.authMethod),
    prettyName: () => server.prettyName,
    serverURI: () => server.serverURI,
    localPath: () => server.localPath.path,
    localPathExists: () => server.localPath.exists(),
    localStoreType: () => server.localStoreType,
    store: () => server.msgStore.storeType,
    hidden: () => server.hidden,
    isDeferredTo: () => server.isDeferredTo,
    doBiff: () => server.doBiff,
    biffMinutes: () => server.biffMinutes,
    loginAtStartUp: () => server.loginAtStartUp,
    downloadOnBiff: () => server.downloadOnBiff,
    ...(server.type === 'pop3' ? popFacts(server) : {}),
    ...(server.type === 'imap' ? imapFacts(server) : {}),
  };
  const described = { key: server.key };
  for (const [name, fact] of Object.entries(facts)) {
    described[name] = look(`${name} of ${server.key}`, fact) ?? null;
  }
  return described;
}

function popFacts(server) {
  return {
    deferredToAccount: () => server.getStringValue('deferred_to_account'),
    deferGetNewMail: () => server.getBoolValue('defer_get_new_mail'),
    leaveOnServer: () => server.getBoolValue('leave_on_server'),
    daysToLeave: () => server.getIntValue('num_days_to_leave_on_server'),
    deleteMailLeftOnServer: () => server.getBoolValue('delete_mail_left_on_server'),
  };
}

function imapFacts(server) {
  const imap = server.QueryInterface(Ci.nsIImapIncomingServer);
  return {
    serverDirectory: () => imap.serverDirectory,
    personalNamespace: () => imap.personalNamespace,
    trashFolderName: () => imap.trashFolderName,
    offlineDownload: () => server.offlineDownload,
  };
}

function describeIdentity(identity) {
  const names = [
    'key',
    'email',
    'fullName',
    'label',
    'identityName',
    'replyTo',
    'organization',
    'smtpServerKey',
  ];
  names.push(
    'composeHtml',
    'htmlSigText',
    'attachSignature',
    'replyOnTop',
    'catchAll',
    'catchAllHint',
    'doFcc',
  );
  names.push('fccFolderURI', 'draftsFolderURI', 'templatesFolderURI', 'archivesFolderURI', 'archiveEnabled');
  const described = Object.fromEntries(names.map((name) => [name, identity[name]]));
  return { ...described, openPgpKeyId: identity.getUnicharAttribute('openpgp_key_id') };
}

function dumpOutgoing(look) {
  const service = MailServices.outgoingServer;
  const defaultOutgoing = look('default outgoing server', () => service.defaultServer?.key) ?? null;
  const servers = look('outgoing servers', () => [...service.servers]) ?? [];
  return {
    defaultOutgoing,
    outgoing: servers.map((server) => {
      const smtp = server.type === 'smtp' ? server.QueryInterface(Ci.nsISmtpServer) : null;
      return {
        key: server.key,
        type: server.type,
        isDefault: server.key === defaultOutgoing,
        description: server.description,
        hostname: smtp?.hostname ?? null,
        port: smtp?.port ?? null,
        username: server.username,
        socketType: look(`security of ${server.key}`, () =>
          constantName(Ci.nsMsgSocketType, server.socketType),
        ),
        authMethod: look(`method of ${server.key}`, () =>
          constantName(Ci.nsMsgAuthMethod, server.authMethod),
        ),
        uri: look(`address of ${server.key}`, () => server.serverURI.spec),
      };
    }),
  };
}

/** Adds to each server what Thunderbird's own look-up finds for it: a login under a wrong origin is not found. */
async function addSavedSecrets(described, secrets, canDecrypt, look) {
  const withoutPassword = ['none', 'rss', 'im'];
  for (const { server } of described.accounts) {
    if (server === null || withoutPassword.includes(server.type)) continue;
    const real = MailServices.accounts.getIncomingServer(server.key);
    Object.assign(server, await savedSecret(server, real, secrets, canDecrypt, look));
  }
  for (const server of described.outgoing) {
    if (server.authMethod === 'none') continue;
    const real = MailServices.outgoingServer.getServerByKey(server.key);
    Object.assign(server, await savedSecret(server, real, secrets, canDecrypt, look));
  }
}

async function savedSecret({ key, authMethod }, server, secrets, canDecrypt, look) {
  const isToken = authMethod === 'OAuth2';
  const name = isToken ? 'effectiveRefreshToken' : 'effectivePassword';
  if (!canDecrypt) return { [name]: { found: false, locked: true } };
  const secret =
    look(`saved secret of ${key}`, () => (isToken ? refreshToken(server) : password(server))) ?? '';
  return { [name]: { found: secret !== '', ...(secrets && secret !== '' ? { value: secret } : {}) } };
}

/** The password that would be sent. A prompt, which is cancelled, means that none was found. */
function password(server) {
  const asked = promptLog.prompts.length;
  try {
    return server.getPasswordWithUI('mailmend', 'mailmend');
  } catch (error) {
    if (promptLog.prompts.length > asked) return '';
    throw error;
  } finally {
    promptLog.prompts.length = asked;
  }
}

function refreshToken(server) {
  const { OAuth2Module } = ChromeUtils.importESModule('resource:///modules/OAuth2Module.sys.mjs');
  const module = new OAuth2Module();
  const known =
    server instanceof Ci.nsIMsgIncomingServer ? module.initFromMail(server) : module.initFromOutgoing(server);
  return known ? module._oauth.refreshToken : '';
}

async function dumpLogins(secrets, canDecrypt) {
  await Services.logins.initializationPromise;
  if (!canDecrypt) return { locked: true };
  const logins = await Services.logins.getAllLogins();
  return logins.map((login) => ({
    origin: login.origin,
    realm: login.httpRealm,
    formActionOrigin: login.formActionOrigin,
    username: login.username,
    ...(secrets ? { password: login.password } : {}),
  }));
}
