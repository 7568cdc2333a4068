// biome-ignore-all lint/correctness/noUnusedVariables: what calls these is sent along with them (in-app.ts)
/** Address books with their cards and lists; LDAP directories. */

async function dumpAddressBooks(look) {
  const addressBooks = [];
  const ldap = [];
  for (const directory of MailServices.ab.directories) {
    const described = {
      prefId: directory.dirPrefId,
      name: directory.dirName,
      uri: directory.URI,
      dirType: directory.dirType,
      fileName: look(`file of ${directory.dirName}`, () => directory.fileName) ?? null,
      readOnly: look(`rights of ${directory.dirName}`, () => directory.readOnly) ?? null,
    };
    const isLdap = directory.dirType === Ci.nsIAbManager.LDAP_DIRECTORY_TYPE;
    if (isLdap) ldap.push({ ...described, ...describeLdap(directory, look) });
    else addressBooks.push({ ...described, ...(await describeCards(directory)) });
  }
  return { addressBooks, ldap };
}

function describeLdap(directory, look) {
  const ldap = directory.QueryInterface(Ci.nsIAbLDAPDirectory);
  return {
    lDAPURL: look(`address of ${directory.dirName}`, () => ldap.lDAPURL.spec) ?? null,
    authDn: look(`bind name of ${directory.dirName}`, () => ldap.authDn) ?? null,
    maxHits: look(`limit of ${directory.dirName}`, () => ldap.maxHits) ?? null,
    saslMechanism: look(`mechanism of ${directory.dirName}`, () => ldap.saslMechanism) ?? null,
  };
}

async function describeCards(directory) {
  try {
    const cards = (await directory.childCards).filter((card) => !card.isMailList);
    const cardList = cards.map(({ displayName, primaryEmail }) => ({ displayName, primaryEmail }));
    cardList.sort((a, b) => (a.displayName + a.primaryEmail < b.displayName + b.primaryEmail ? -1 : 1));
    const lists = directory.childNodes.map((list) => ({
      name: list.dirName,
      nickName: list.listNickName,
      description: list.description,
      members: list.childCards.map((card) => ({ displayName: card.displayName, email: card.primaryEmail })),
    }));
    const isCardDAV = directory.dirType === Ci.nsIAbManager.CARDDAV_DIRECTORY_TYPE;
    return { isCardDAV, cards: cards.length, cardList, lists };
  } catch (error) {
    return { error: oneLine(error) };
  }
}
