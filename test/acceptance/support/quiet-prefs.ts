/**
 * The preferences of a run that nobody watches: offline, no first-run pages, no updates, no prompts. They go into
 * user.js of the folder that Thunderbird runs on and are taken out again afterwards, from user.js and prefs.js.
 */

import { existsSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export type PrefValues = Record<string, string | number | boolean>;

export const quietPrefs: PrefValues = {
  // 0 = any free port; the real one stands in MarionetteActivePort.
  'marionette.port': 0,
  // Otherwise Marionette changes some 80 preferences of its own, signon.* and extensions.* among them.
  'remote.prefs.recommended': false,
  'remote.log.level': 'Error',
  // 3 = always start offline.
  'offline.startup_state': 3,
  'offline.autoDetect': false,
  'network.manage-offline-status': false,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'app.update.enabled': false,
  'app.update.auto': false,
  'app.update.disabledForTesting': true,
  'app.donation.eoy.version.viewed': 999,
  'extensions.update.enabled': false,
  'extensions.getAddons.cache.enabled': false,
  'extensions.systemAddon.update.enabled': false,
  'browser.region.network.url': '',
  'browser.safebrowsing.malware.enabled': false,
  'browser.safebrowsing.phishing.enabled': false,
  'browser.sessionstore.resume_from_crash': false,
  'browser.dom.window.dump.enabled': false,
  'toolkit.telemetry.enabled': false,
  'toolkit.telemetry.unified': false,
  'toolkit.telemetry.server': '',
  'toolkit.startup.max_resumed_crashes': -1,
  // The default, 1, is a short cut that leaves the link `lock` behind.
  'toolkit.shutdown.fastShutdownStage': 0,
  'datareporting.healthreport.uploadEnabled': false,
  'datareporting.policy.dataSubmissionEnabled': false,
  'datareporting.policy.dataSubmissionPolicyBypassNotification': true,
  'datareporting.usage.uploadEnabled': false,
  'mail.instrumentation.postUrl': '',
  'mail.inappnotifications.enabled': false,
  'mail.inappnotifications.url': '',
  'mail.rights.version': 1,
  'mail.provider.suppress_dialog_on_startup': true,
  'mail.spotlight.firstRunDone': true,
  'mail.winsearch.firstRunDone': true,
  'mail.shell.checkDefaultClient': false,
  'mail.chat.enabled': false,
  'mailnews.start_page.enabled': false,
  'mailnews.start_page_override.mstone': 'ignore',
  'mailnews.database.global.indexer.enabled': false,
  // Otherwise the primary password is asked for before the first window.
  'security.prompt_for_master_password_on_startup': false,
};

/** For a run that is not offline: 2 = always start online. */
export const onlinePrefs: PrefValues = { 'offline.startup_state': 2 };

/** Adds the preferences to user.js. The answer undoes it; the keys in `keep` stay as the run left them. */
export function addQuietPrefs(profile: string, prefs: PrefValues): (keep?: ReadonlySet<string>) => void {
  const userJs = join(profile, 'user.js');
  const prefsJs = join(profile, 'prefs.js');
  const before = existsSync(userJs) ? { bytes: readFileSync(userJs), times: statSync(userJs) } : null;
  const ownLines = new Map(linesOf(prefsJs).map((line) => [prefName(line), line]));
  const lines = Object.entries(prefs).map(
    ([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`,
  );
  writeFileSync(userJs, `${before === null ? '' : `${before.bytes.toString('utf8')}\n`}${lines.join('')}`);
  return (keep = new Set()) => {
    if (before === null) rmSync(userJs, { force: true });
    else {
      writeFileSync(userJs, before.bytes);
      utimesSync(userJs, before.times.atime, before.times.mtime);
    }
    const restored = Object.keys(prefs).filter((name) => !keep.has(name));
    replaceLines(prefsJs, new Map(restored.map((name) => [name, ownLines.get(name) ?? null])));
  };
}

/** Name of the preference that a line of prefs.js, as Thunderbird writes it, sets. */
export function prefName(line: string): string | null {
  return /^user_pref\("((?:[^"\\]|\\.)*)"/.exec(line)?.[1] ?? null;
}

/** Takes whole lines out of prefs.js, or puts others in their place; its times stay as they are. */
export function replaceLines(prefsJs: string, lines: ReadonlyMap<string, string | null>): void {
  if (!existsSync(prefsJs)) return;
  const { atime, mtime } = statSync(prefsJs);
  const result = linesOf(prefsJs).flatMap((line) => {
    const replacement = lines.get(prefName(line) ?? '');
    return replacement === undefined ? [line] : replacement === null ? [] : [replacement];
  });
  writeFileSync(prefsJs, result.join('\n'), 'latin1');
  utimesSync(prefsJs, atime, mtime);
}

/** Latin-1, so that every byte comes back as it was. */
function linesOf(prefsJs: string): string[] {
  return existsSync(prefsJs) ? readFileSync(prefsJs, 'latin1').split('\n') : [];
}
