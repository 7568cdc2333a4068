/**
 * Providers that serve the same mailbox by IMAP as by POP: which IMAP server belongs to which POP server.
 * Facts from the providers' public set-up pages and the open ISP database, looked up 2026-11-23 (providers.md b).
 */

export interface ImapTwin {
  host: string;
  port: number;
  security: 'tls' | 'starttls';
  /** What the provider takes as user name. */
  user: 'address' | 'local-part';
}

export const checkedOn = '2026-11-23';

const address = (host: string): ImapTwin => ({ host, port: 993, security: 'tls', user: 'address' });
const localPart = (host: string): ImapTwin => ({ host, port: 993, security: 'tls', user: 'local-part' });

const byPopHost: ReadonlyMap<string, ImapTwin> = new Map([
  ['pop.gmail.com', address('imap.gmail.com')],
  ['pop.googlemail.com', address('imap.gmail.com')],
  ['outlook.office365.com', address('outlook.office365.com')],
  ['pop-mail.outlook.com', address('outlook.office365.com')],
  ['pop.mail.yahoo.com', address('imap.mail.yahoo.com')],
  ['pop.aol.com', address('imap.aol.com')],
  ['inbound.att.net', address('imap.mail.att.net')],
  ['pop.fastmail.com', address('imap.fastmail.com')],
  ['mail.comcast.net', address('imap.comcast.net')],
  ['pop.gmx.net', address('imap.gmx.net')],
  ['pop.gmx.com', address('imap.gmx.com')],
  ['pop.mail.com', address('imap.mail.com')],
  ['pop3.web.de', localPart('imap.web.de')],
  ['pop.1und1.de', address('imap.1und1.de')],
  ['pop.ionos.de', address('imap.ionos.de')],
  ['pop.ionos.com', address('imap.ionos.com')],
  ['securepop.t-online.de', address('secureimap.t-online.de')],
  ['pop3.strato.de', address('imap.strato.de')],
  ['pop3.mailbox.org', address('imap.mailbox.org')],
  ['posteo.de', address('posteo.de')],
  ['mail.gandi.net', address('mail.gandi.net')],
  ['mail.infomaniak.com', address('mail.infomaniak.com')],
  ['ssl0.ovh.net', address('ssl0.ovh.net')],
  ['pop.orange.fr', address('imap.orange.fr')],
  ['pop.free.fr', localPart('imap.free.fr')],
  ['pop.laposte.net', localPart('imap.laposte.net')],
  ['pop.sfr.fr', address('imap.sfr.fr')],
  ['mail.btinternet.com', address('mail.btinternet.com')],
  ['pop.virginmedia.com', address('imap.virginmedia.com')],
  ['pop.zoho.com', address('imap.zoho.com')],
  ['pop.zoho.eu', address('imap.zoho.eu')],
  ['pop.yandex.com', address('imap.yandex.com')],
  ['pop.mail.ru', address('imap.mail.ru')],
  ['pop.secureserver.net', address('imap.secureserver.net')],
]);

/** Null: not known to offer IMAP. */
export function imapTwinOf(popHost: string): ImapTwin | null {
  return byPopHost.get(popHost.toLowerCase().replace(/\.$/, '')) ?? null;
}
