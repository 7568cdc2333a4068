/**
 * The types of preferences for which the program has a built-in default (formats.md, Appendix B, Thunderbird 153).
 * A value of another type is dropped at the next save (exact names) or ignored (values of one server, identity,
 * outgoing server).
 * Belongs here: the tables. Who looks into them: preferences.ts, and the check for values of a wrong type.
 */

export type PrefType = 'string' | 'int' | 'bool';

const words = (text: string): string[] => text.split(/\s+/).filter((word) => word !== '');

const exact: ReadonlyMap<string, PrefType> = new Map<string, PrefType>([
  ...words(
    `mail.accountmanager.accounts mail.accountmanager.localfoldersserver mail.smtpservers
     mail.serverDefaultStoreContractID ldap_2.servers.pab.filename ldap_2.servers.pab.description
     ldap_2.servers.history.filename ldap_2.servers.history.description`,
  ).map((name): [string, PrefType] => [name, 'string']),
  ...words(
    `mail.account.lastKey ldap_2.servers.pab.dirType ldap_2.servers.pab.position ldap_2.servers.history.dirType
     ldap_2.servers.history.position mail.purge_threshold_mb mail.db_timestamp_leeway
     mail.ui-rdf.version`,
  ).map((name): [string, PrefType] => [name, 'int']),
  ...words(
    `ldap_2.servers.pab.isOffline ldap_2.servers.history.isOffline mailnews.database.global.indexer.enabled
     mail.smtp.useMatchingHostNameServer mail.smtp.useMatchingDomainServer`,
  ).map((name): [string, PrefType] => [name, 'bool']),
]);

/** The type that a user value must have to survive loading; null where any type goes. */
export function builtInType(name: string): PrefType | null {
  return exact.get(name) ?? null;
}

interface BranchTypes {
  bool: ReadonlySet<string>;
  int: ReadonlySet<string>;
  string: ReadonlySet<string>;
}

const branch = (bool: string, int: string, string: string): BranchTypes => ({
  bool: new Set(words(bool)),
  int: new Set(words(int)),
  string: new Set(words(string)),
});

const serverTypes = branch(
  `abbreviate allow_utf8_accept allows_specialfolders_usage always_authenticate autosync_offline_stores
   canChangeStoreType canCreateFolders canDelete canFileMessages check_all_folders_for_new clientidEnabled
   delete_by_age_from_server delete_mail_left_on_server download_on_biff dual_use_folders empty_trash_on_exit
   fetch_by_chunks force_select_imap hidden inhibitWhiteListingIdentityDomain inhibitWhiteListingIdentityUser
   isSecure is_gmail leave_on_server limit_offline_message_size login_at_startup mark_old_read mdn_report_enabled
   moveOnSpam notify.on offline_download override_namespaces purgeSpam send_client_info singleSignon
   useServerFilter useWhiteList use_compress_deflate use_condstore use_idle using_subscription valid
   check_new_mail headers_only defer_get_new_mail cleanup_inbox_on_exit applyToFlaggedMessages
   downloadUnreadOnly downloadByDate`,
  `authMethod autosync_max_age_days check_time delete_model dup_action incorporate_return_receipt max_articles
   max_size mdn_not_in_to_cc mdn_other mdn_outside_domain moveTargetMode num_days_to_leave_on_server
   offline_support_level periodicFilterRateMinutes port purgeSpamInterval retainBy serverFilterTrustFlags
   socketType spamLevel max_cached_connections timeout daysToKeepHdrs numHdrsToKeep ageLimit`,
  `clientid deferred_to_account serverFilterName spamActionTargetAccount spamActionTargetFolder whiteListAbURI
   type hostname userName name directory directory-rel storeContractID uid server_sub_directory
   trash_folder_name namespace.personal namespace.public namespace.other_users serverIDResponse admin_url
   newsrc.file newsrc.file-rel ews_url owa_url imAccount`,
);

const identityTypes = branch(
  `archive_enabled archive_keep_folder_structure archive_recreate_inbox attachPgpKey autoEncryptDrafts auto_quote
   autocompleteToMyDomain bcc_others bcc_self compose_html dsn_always_request_on dsn_use_custom_prefs fcc
   fcc_reply_follows_parent is_gnupg_key_id overrideGlobal_Pref protectSubject request_return_receipt_on
   sendAutocryptHeaders sig_bottom sig_on_fwd sig_on_reply sign_mail suppress_signature_separator
   use_custom_prefs valid`,
  'archive_granularity e2etechpref encryptionpolicy reply_on_top request_receipt_header_type',
  `archives_folder_picker_mode bcc_list directoryServer encryption_cert_name headers
   last_entered_external_gnupg_key_id openpgp_key_id signing_cert_name fullName useremail label organization
   reply_to smtpServer uid sig_file sig_file-rel htmlSigText fcc_folder draft_folder stationery_folder
   archive_folder fcc_folder_picker_mode drafts_folder_picker_mode tmpl_folder_picker_mode`,
);

const outgoingTypes = branch(
  'clientidEnabled',
  'authMethod max_cached_connections max_messages_per_connection quit_delay_ms try_ssl port',
  'clientid hostname username description type uid hello_argument',
);

const accountTypes = branch('', '', 'server identities');

const branches: readonly [prefix: string, types: BranchTypes][] = [
  ['mail.server.', serverTypes],
  ['mail.identity.', identityTypes],
  ['mail.smtpserver.', outgoingTypes],
  ['mail.account.', accountTypes],
];

/** The type that the program reads a value of one server, identity, outgoing server or account with; null if unknown. */
export function branchType(name: string): PrefType | null {
  for (const [prefix, types] of branches) {
    if (!name.startsWith(prefix)) continue;
    const dot = name.indexOf('.', prefix.length);
    if (dot < 0) return null;
    const rest = name.slice(dot + 1);
    if (types.bool.has(rest)) return 'bool';
    if (types.int.has(rest)) return 'int';
    if (types.string.has(rest)) return 'string';
  }
  return null;
}
