// biome-ignore-all lint/correctness/noUnusedVariables: what calls these is sent along with them (in-app.ts)
/** Folders and messages of a scenario: local ones are written, IMAP ones downloaded from the scripted server. */

async function makeFolders(parent, specs) {
  for (const spec of specs ?? []) {
    const local = parent.QueryInterface(Ci.nsIMsgLocalMailFolder);
    if (!parent.containsChildNamed(spec.name)) local.createLocalSubfolder(spec.name);
    const folder = parent.getChildNamed(spec.name);
    const store = folder.QueryInterface(Ci.nsIMsgLocalMailFolder);
    for (const message of spec.messages) store.addMessage(toUtf8Bytes(message));
    const headers = spec.messages.length > 0 ? [...folder.messages] : [];
    if (spec.read) folder.markMessagesRead(headers.slice(0, spec.read), true);
    if (spec.flagged) folder.markMessagesFlagged(headers.slice(0, spec.flagged), true);
    for (const [tag, count] of Object.entries(spec.tagged ?? {})) {
      folder.addKeywordsToMessages(headers.slice(0, count), tag);
    }
    await makeFolders(folder, spec.subfolders);
    if (headers.length > 0) folder.msgDatabase.commit(Ci.nsMsgDBCommitType.kLargeCommit);
  }
}

function listenForUrl(start) {
  return new Promise((resolve, reject) => {
    setTimeout(() => reject(new Error('an IMAP step took too long')), 20000);
    start({
      QueryInterface: ChromeUtils.generateQI(['nsIUrlListener']),
      OnStartRunningUrl() {},
      OnStopRunningUrl(_url, code) {
        if (Components.isSuccessCode(code)) resolve();
        else reject(new Error(`an IMAP step failed: 0x${(code >>> 0).toString(16)}`));
      },
    });
  });
}

/** The account talks to the scripted server for a moment, and gets its own connection settings afterwards. */
async function downloadFolders({ server, spec }, { port, count }) {
  const own = { port: server.port, socketType: server.socketType, authMethod: server.authMethod };
  server.port = port;
  server.socketType = Ci.nsMsgSocketType.plain;
  server.authMethod = Ci.nsMsgAuthMethod.passwordCleartext;
  server.password = spec.password ?? 'download';
  Services.io.offline = false;
  const root = server.rootFolder;
  server.performExpand(null);
  for (let attempt = 0; attempt < 100 && root.descendants.length < count; attempt++) await pause(100);
  // Trash and the like are created a little later.
  await pause(1000);
  for (const folder of root.descendants) {
    if (folder.flags & Ci.nsMsgFolderFlags.ImapNoselect) continue;
    const imap = folder.QueryInterface(Ci.nsIMsgImapMailFolder);
    folder.setFlag(Ci.nsMsgFolderFlags.Offline);
    await listenForUrl((listener) => imap.updateFolderWithListener(null, listener));
    await listenForUrl((listener) => folder.downloadAllForOffline(listener, null));
  }
  server.closeCachedConnections();
  Services.io.offline = true;
  await pause(200);
  Object.assign(server, own);
}
