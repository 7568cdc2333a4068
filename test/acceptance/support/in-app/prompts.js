// biome-ignore-all lint/correctness/noUnusedVariables: what calls these is sent along with them (in-app.ts)
/**
 * Takes the place of every prompt: each is written down and cancelled, none is shown. Only the one that asks for
 * the primary password is answered, once, when the run knows it.
 */

/** From AutoConfig, before the first window. */
function takeOverAtStart(primaryPassword, online) {
  const Cc = Components.classes;
  const Ci = Components.interfaces;
  try {
    // At once: with a primary password Thunderbird 153 asks for it before it says "profile-after-change".
    takeOverPrompts(primaryPassword);
    const whenProfileIsThere = {
      observe() {
        takeOverMailPrompts();
        Services.io.manageOfflineStatus = false;
        Services.io.offline = !online;
      },
    };
    Cc['@mozilla.org/observer-service;1']
      .getService(Ci.nsIObserverService)
      .addObserver(whenProfileIsThere, 'profile-after-change');
  } catch (error) {
    Components.utils.reportError(`mailmend: ${error}`);
  }
}

/** The log of this run: { prompts: [{ phase, kind, title, text }], phase, password }. Safe to call again. */
function takeOverPrompts(primaryPassword = null) {
  const { Prompter } = ChromeUtils.importESModule('resource://gre/modules/Prompter.sys.mjs');
  const service = Prompter.prototype;
  if (service.mailmendLog) return service.mailmendLog;
  const log = { prompts: [], phase: 'start-up', password: primaryPassword, answered: false };
  service.mailmendLog = log;
  service.pickPrompter = (options) => silentPrompt(log, { async: options?.async === true });
  service.getPrompt = () => silentPrompt(log, { forToken: true });
  return log;
}

/** Mail passwords and a few dialogs have windows of their own, which need a profile. */
function takeOverMailPrompts() {
  const log = takeOverPrompts();
  if (log.mailPrompts) return;
  log.mailPrompts = true;
  const { MsgAuthPrompt } = ChromeUtils.importESModule('resource:///modules/MsgAsyncPrompter.sys.mjs');
  for (const name of [
    'prompt',
    'promptPassword',
    'promptUsernameAndPassword',
    'promptPassword2',
    'promptAuth',
  ]) {
    if (!(name in MsgAuthPrompt.prototype)) continue;
    const value = (...args) => {
      writeDown(log, `mail ${name}`, args);
      return false;
    };
    Object.defineProperty(MsgAuthPrompt.prototype, name, { configurable: true, writable: true, value });
  }
  const closeDialogs = {
    observe(window) {
      window.addEventListener('load', () => cancelDialog(log, window), { once: true });
    },
  };
  Components.classes['@mozilla.org/observer-service;1']
    .getService(Components.interfaces.nsIObserverService)
    .addObserver(closeDialogs, 'domwindowopened');
}

function cancelDialog(log, window) {
  if (!/\/(commonDialog|selectDialog)\.xhtml/.test(window.location.href)) return;
  const text = window.document.getElementById('infoBody')?.textContent ?? '';
  writeDown(log, 'dialog window', [window.document.title, text]);
  window.setTimeout(() => {
    const dialog = window.document.getElementById('commonDialog') ?? window.document.querySelector('dialog');
    if (dialog?.cancelDialog) dialog.cancelDialog();
    else window.close();
  }, 50);
}

function writeDown(log, kind, args) {
  const texts = args.filter((arg) => typeof arg === 'string' && arg !== '');
  log.prompts.push({
    phase: log.phase,
    kind,
    title: texts[0] ?? null,
    text: texts.slice(1).join(' | ') || null,
  });
}

/** Stands for any of the prompt interfaces: whatever is called is written down and answered with "cancel". */
function silentPrompt(log, { forToken = false, async = false }) {
  const interfaces = ['nsIPrompt', 'nsIAuthPrompt', 'nsIAuthPrompt2', 'nsIWritablePropertyBag2'];
  const target = { QueryInterface: ChromeUtils.generateQI(interfaces) };
  const get = (_target, name) => {
    if (name in target) return target[name];
    if (typeof name !== 'string' || name === 'then') return undefined;
    if (name.startsWith('setProperty') || name === 'allowTabModal') return () => {};
    return (...args) => {
      if (forToken && name.endsWith('promptPassword') && answerToken(log, args)) return true;
      writeDown(log, name.replace(/^nsI\w+?_/, ''), args);
      if (async) return Promise.resolve(cancelledBag());
      if (name.startsWith('async')) {
        throw Components.Exception('', Components.results.NS_ERROR_NOT_IMPLEMENTED);
      }
      if (/^alert/i.test(name)) return undefined;
      // Button 1 is Cancel.
      return /confirmEx/i.test(name) ? 1 : false;
    };
  };
  return new Proxy(target, { get });
}

/** Once only: a wrong password followed by Cancel makes Thunderbird 153 die of SIGSEGV. */
function answerToken(log, args) {
  if (log.password === null || log.answered || !tokenIsLocked()) return false;
  const holder = args.find((arg) => arg && typeof arg === 'object');
  if (!holder) return false;
  log.answered = true;
  holder.value = log.password;
  return true;
}

function softwareToken() {
  return Components.classes['@mozilla.org/security/internalkeytoken;1'].createInstance(
    Components.interfaces.nsIPKCS11Token,
  );
}

function tokenIsLocked() {
  try {
    const token = softwareToken();
    return token.hasPassword && !token.isLoggedIn;
  } catch {
    return false;
  }
}

function cancelledBag() {
  const bag = Components.classes['@mozilla.org/hash-property-bag;1'].createInstance(
    Components.interfaces.nsIWritablePropertyBag2,
  );
  bag.setPropertyAsBool('ok', false);
  bag.setPropertyAsBool('checked', false);
  bag.setPropertyAsInt32('buttonNumClicked', 1);
  return bag;
}
