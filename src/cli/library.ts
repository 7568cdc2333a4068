/**
 * What the commands need of the library. It is loaded when a command runs, not for help, and tests can hand in another.
 */

export type Library = Pick<
  typeof import('../index.ts'),
  | 'systemWorld'
  | 'listProfiles'
  | 'planUse'
  | 'planRegister'
  | 'planRelink'
  | 'selectProfile'
  | 'inspectProfile'
  | 'checkProfile'
  | 'explain'
  | 'planRepair'
  | 'readPlanFile'
  | 'describePlan'
  | 'applyPlan'
  | 'listRuns'
  | 'settleRuns'
  | 'previewRun'
  | 'undoRun'
  | 'previewPurgeRun'
  | 'purgeRun'
  | 'planDiagnosticProfile'
  | 'prepareBackup'
  | 'makeBackup'
  | 'verifyBackup'
  | 'needsPrimaryPassword'
  | 'unlockWorld'
  | 'listPasswords'
  | 'planRemovePasswords'
  | 'requirePlaceForPasswords'
  | 'backupPasswords'
  | 'planRestorePasswords'
  | 'exportPasswords'
>;

export type World = ReturnType<Library['systemWorld']>;
export type SelectedProfile = Parameters<Library['inspectProfile']>[1];
export type Plan = Parameters<Library['applyPlan']>[1];
