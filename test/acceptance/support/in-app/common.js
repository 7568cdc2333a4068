// biome-ignore-all lint/correctness/noUnusedVariables: what calls these is sent along with them (in-app.ts)
/** What every script needs: the mail services, a pause, errors in one line. Needs prompts.js before it. */

const { MailServices } = ChromeUtils.importESModule('resource:///modules/MailServices.sys.mjs');
const { setTimeout } = ChromeUtils.importESModule('resource://gre/modules/Timer.sys.mjs');

const promptLog = takeOverPrompts();
takeOverMailPrompts();
promptLog.phase = 'script';

function pause(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

function oneLine(error) {
  const text = error?.message ?? String(error);
  return `${error?.name ? `${error.name}: ` : ''}${text.split('\n')[0]}`;
}

/** Thunderbird hands out UTF-8 as text of one character per byte in places. */
function fromUtf8Bytes(text) {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Uint8Array.from(text, (c) => c.charCodeAt(0)));
  } catch {
    return text;
  }
}

function toUtf8Bytes(text) {
  return Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join('');
}

/** Name of a value of an interface's constants, such as nsMsgSocketType. */
function constantName(constants, value) {
  const name = Object.keys(constants).find((key) => constants[key] === value && typeof value === 'number');
  return name ?? String(value);
}

/** Opens the software token with the primary password, without any dialog. */
function unlockToken(password) {
  const { hasPassword } = softwareToken();
  if (hasPassword && password !== null && !softwareToken().isLoggedIn) {
    promptLog.password = password;
    promptLog.answered = false;
    softwareToken().login(false);
    promptLog.password = null;
  }
  return { hasPassword, unlocked: !hasPassword || softwareToken().isLoggedIn };
}
