/**
 * mailmend as a library: gathers facts, runs checks, makes and applies plans. The commands call it, and others can
 * import it.
 */

export type { Finding } from './checks/finding.ts';
export { applyPlan } from './library/apply.ts';
export { type BackupSummary, makeBackup, type PreparedBackup, prepareBackup } from './library/backup.ts';
export { checkProfile } from './library/check.ts';
export { planDiagnosticProfile } from './library/diagnostic-profile.ts';
export type { ApplyDocument } from './library/documents/apply.ts';
export type { BackupDocument, BackupVerifyDocument } from './library/documents/backup.ts';
export type { CheckDocument } from './library/documents/check.ts';
export type { DiagnosticProfileDocument } from './library/documents/diagnostic-profile.ts';
export type { ErrorDocument } from './library/documents/error.ts';
export type { ExplainDocument } from './library/documents/explain.ts';
export type { InspectDocument } from './library/documents/inspect.ts';
export type {
  PasswordsBackupDocument,
  PasswordsExportDocument,
  PasswordsListDocument,
  PasswordsRemoveDocument,
  PasswordsRestoreDocument,
} from './library/documents/passwords.ts';
export type { ProfilesDocument } from './library/documents/profiles.ts';
export type {
  ProfilesRegisterDocument,
  ProfilesRelinkDocument,
  ProfilesUseDocument,
} from './library/documents/profiles-change.ts';
export type { RepairDocument } from './library/documents/repair.ts';
export type { UndoDocument } from './library/documents/undo.ts';
export { explain } from './library/explain.ts';
export { inspectProfile } from './library/inspect.ts';
export { backupPasswords, requirePlaceForPasswords } from './library/passwords-backup.ts';
export { exportPasswords } from './library/passwords-export.ts';
export { listPasswords } from './library/passwords-list.ts';
export { planRemovePasswords } from './library/passwords-remove.ts';
export { planRestorePasswords } from './library/passwords-restore.ts';
export { describePlan, readPlanFile } from './library/plan-file.ts';
export { listProfiles } from './library/profiles.ts';
export { planRegister } from './library/profiles-register.ts';
export { planRelink } from './library/profiles-relink.ts';
export { planUse } from './library/profiles-use.ts';
export { previewPurgeRun, purgeRun } from './library/purge.ts';
export { planRepair } from './library/repair.ts';
export { selectProfile } from './library/select.ts';
export type { SelectedProfile } from './library/selected-profile.ts';
export { listRuns, previewRun, settleRuns, undoRun } from './library/undo.ts';
export { needsPrimaryPassword, unlockWorld } from './library/unlock-passwords.ts';
export { verifyBackup } from './library/verify-backup.ts';
export { systemWorld, type World } from './library/world.ts';
export { MailmendError } from './repair/error.ts';
export type { Operation, Plan } from './repair/operation.ts';
