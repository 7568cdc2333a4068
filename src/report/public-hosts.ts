/**
 * Mail domains that so many people share that they say nothing about one of them: they stay readable in redacted output,
 * because the advice depends on them.
 */

const publicDomains = new Set(
  `126.com 163.com 1und1.de aol.com arcor.de att.net bluewin.ch btinternet.com comcast.net cox.net fastmail.com
  free.fr freenet.de gandi.net gmail.com gmx.at gmx.com gmx.de gmx.net google.com googlemail.com hetzner.com hotmail.com
  icloud.com ionos.com ionos.de kolabnow.com laposte.net libero.it live.com localhost mac.com mail.com mail.de mail.ru
  mailbox.org mailfence.com me.com microsoft.com microsoftonline.com msn.com o2.pl office365.com onet.pl orange.fr
  outlook.com ovh.net posteo.de proton.me protonmail.com qq.com rambler.ru rogers.com runbox.com sbcglobal.net
  seznam.cz sfr.fr shaw.ca sky.com startmail.com strato.de telenet.be tiscali.it t-online.de thundermail.com tuta.com
  verizon.net virgilio.it virginmedia.com wanadoo.fr web.de wp.pl xs4all.nl yahoo.com yandex.com yandex.ru ymail.com
  zoho.com zoho.eu ziggo.nl`.split(/\s+/),
);

const loopback = /^(127\.\d+\.\d+\.\d+|::1|\[::1\])$/;

/** A host of a provider that everybody knows, or this computer itself. */
export function isPublicHost(host: string): boolean {
  if (loopback.test(host)) return true;
  const labels = host.split('.');
  return labels.some((_, i) => publicDomains.has(labels.slice(i).join('.'))) || isNationalBranch(labels);
}

/** `yahoo.co.uk`, `hotmail.fr`, `outlook.de`. */
function isNationalBranch(labels: readonly string[]): boolean {
  const brand = labels.findLastIndex((label) =>
    ['yahoo', 'hotmail', 'outlook', 'live', 'yandex'].includes(label),
  );
  const rest = labels.slice(brand + 1);
  return brand >= 0 && rest.length <= 2 && rest.every((label) => label.length <= 3);
}
