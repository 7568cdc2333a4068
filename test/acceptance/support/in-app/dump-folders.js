// biome-ignore-all lint/correctness/noUnusedVariables: what calls these is sent along with them (in-app.ts)
/** Folders as Thunderbird counts them, after it has read or rebuilt their indexes; filters, tags. */

async function dumpFolders(args, look) {
  const folders = [];
  for (const { incomingServer: server } of MailServices.accounts.accounts) {
    if (server === null || server.type === 'im') continue;
    const root = look(`folders of ${server.key}`, () => server.rootFolder);
    // The folders of a deferred account are those of another one.
    if (!root || root.server.key !== server.key) continue;
    look(`folders of ${server.key}`, () => root.subFolders);
    for (const folder of look(`folders of ${server.key}`, () => root.descendants) ?? []) {
      folders.push(await describeFolder(folder, server.key, args, look));
    }
  }
  return folders;
}

async function describeFolder(folder, server, args, look) {
  const described = {
    server,
    uri: folder.URI,
    name: folder.name,
    path: look(`path of ${folder.URI}`, () => folder.filePath.path),
    virtual: Boolean(folder.flags & Ci.nsMsgFolderFlags.Virtual),
    storeExists: look(`store of ${folder.URI}`, () => folder.filePath.exists()),
    summaryExists: look(`index of ${folder.URI}`, () => folder.summaryFile.exists()),
  };
  try {
    if (described.virtual) described.search = describeSearch(folder);
    else Object.assign(described, await describeMessages(folder, described.summaryExists, args));
  } catch (error) {
    described.error = oneLine(error);
  }
  described.totalShown = look(`total of ${folder.URI}`, () => folder.getTotalMessages(false));
  described.unreadShown = look(`unread of ${folder.URI}`, () => folder.getNumUnread(false));
  described.sizeOnDisk = look(`size of ${folder.URI}`, () => folder.sizeOnDisk);
  return described;
}

function describeSearch(folder) {
  const info = folder.msgDatabase.dBFolderInfo;
  return {
    folders: fromUtf8Bytes(info.getCharProperty('searchFolderUri')).split('|').filter(Boolean),
    terms: fromUtf8Bytes(info.getCharProperty('searchStr')),
    online: info.getBooleanProperty('searchOnline', false),
  };
}

async function describeMessages(folder, summaryExists, { verify, parseTimeoutMs }) {
  const local = folder instanceof Ci.nsIMsgLocalMailFolder;
  if (!local && !summaryExists) return {};
  const reparsed = local ? await readIndex(folder, parseTimeoutMs) : false;
  const counts = { messages: 0, unread: 0, flagged: 0, bodiesChecked: 0, bodiesWrong: 0 };
  const tags = {};
  const ids = [];
  for (const header of folder.messages) {
    counts.messages++;
    ids.push(header.messageId);
    if (!header.isRead) counts.unread++;
    if (header.isFlagged) counts.flagged++;
    for (const tag of header.getStringProperty('keywords').split(' ').filter(Boolean)) {
      tags[tag] = (tags[tag] ?? 0) + 1;
    }
    const stored = local || header.flags & Ci.nsMsgMessageFlags.Offline;
    if (!stored || counts.bodiesChecked >= verify) continue;
    counts.bodiesChecked++;
    if (!bodyBelongsTo(folder, header)) counts.bodiesWrong++;
  }
  return { ...(local ? { reparsed } : {}), ...counts, tags, idsSha256: sha256(ids.sort().join('\n')) };
}

/** True when Thunderbird had to read the store, because its index was missing or stale. */
async function readIndex(folder, timeoutMs) {
  const local = folder.QueryInterface(Ci.nsIMsgLocalMailFolder);
  let finish;
  const finished = new Promise((resolve, reject) => {
    finish = (code) => {
      if (Components.isSuccessCode(code)) resolve();
      else reject(new Error(`the store could not be parsed: 0x${(code >>> 0).toString(16)}`));
    };
  });
  const listener = {
    QueryInterface: ChromeUtils.generateQI(['nsIUrlListener']),
    OnStartRunningUrl() {},
    OnStopRunningUrl: (_url, code) => finish(code),
  };
  try {
    if (local.getDatabaseWithReparse(listener, null)) return false;
  } catch (error) {
    // Not initialised, index out of date, index missing: the listener hears when it has been rebuilt.
    const beingRebuilt = [Cr.NS_ERROR_NOT_INITIALIZED, 0x80550005, 0x80550006];
    if (!beingRebuilt.includes(error.result)) throw error;
  }
  const late = pause(timeoutMs).then(() => Promise.reject(new Error('the store was parsed for too long')));
  await Promise.race([finished, late]);
  return true;
}

/** Reads the stored text where the index says it is, and looks for the message's own id there. */
function bodyBelongsTo(folder, header) {
  if (!header.messageId || header.messageId.startsWith('md5:')) return true;
  try {
    const head = storedText(folder, header, 65536).split(/\r?\n\r?\n/)[0];
    const id = /^message-id:[ \t]*(?:\r?\n[ \t]+)?<?([^>\r\n]*)>?/im.exec(`${head}\n`)?.[1];
    return fromUtf8Bytes(id ?? '').trim() === header.messageId;
  } catch {
    return false;
  }
}

function storedText(folder, header, limit) {
  const input = folder.getMsgInputStream(header, {});
  const reader = Cc['@mozilla.org/binaryinputstream;1'].createInstance(Ci.nsIBinaryInputStream);
  reader.setInputStream(input);
  let text = '';
  while (text.length < limit) {
    const available = reader.available();
    if (available === 0) break;
    text += reader.readBytes(Math.min(available, limit - text.length));
  }
  input.close();
  return text;
}

function sha256(text) {
  const hash = Cc['@mozilla.org/security/hash;1'].createInstance(Ci.nsICryptoHash);
  const bytes = new TextEncoder().encode(text);
  hash.init(Ci.nsICryptoHash.SHA256);
  hash.update(bytes, bytes.length);
  return Array.from(hash.finish(false), (c) => c.charCodeAt(0).toString(16).padStart(2, '0')).join('');
}

function dumpFilters(look) {
  const lists = [];
  for (const { incomingServer: server } of MailServices.accounts.accounts) {
    if (server === null || !look(`filters of ${server.key}`, () => server.canHaveFilters)) continue;
    const list = look(`filters of ${server.key}`, () => server.getFilterList(null));
    if (!list || list.filterCount === 0) continue;
    const filters = Array.from({ length: list.filterCount }, (_, index) => list.getFilterAt(index));
    lists.push({ server: server.key, filters: filters.map((filter) => describeFilter(filter, look)) });
  }
  return lists;
}

function describeFilter(filter, look) {
  return {
    name: filter.filterName,
    enabled: filter.enabled,
    unparseable: filter.unparseable,
    terms:
      look(`terms of ${filter.filterName}`, () => filter.searchTerms.map((term) => term.termAsString)) ?? [],
    actions: look(`actions of ${filter.filterName}`, () => filter.sortedActionList.map(describeAction)) ?? [],
  };
}

function describeAction(action) {
  const type = constantName(Ci.nsMsgFilterAction, action.type);
  let target = null;
  try {
    target = action.targetFolderUri || null;
  } catch {
    // Only actions that move or copy have one.
  }
  if (target === null) return { type };
  const folder = MailServices.folderLookup.getFolderForURL(target);
  return { type, target, targetExists: folder !== null && folder.parent !== null };
}

function dumpTags() {
  return MailServices.tags.getAllTags().map(({ key, tag, color }) => ({ key, tag, color }));
}
