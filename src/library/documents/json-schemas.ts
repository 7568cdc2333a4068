/**
 * The documents as JSON Schemas, for those who read them with other tools. scripts/schemas.mjs writes them to
 * schemas/, a test keeps those files up to date.
 */

import { z } from 'zod';
import { applyDocument } from './apply.ts';
import { backupDocument, backupVerifyDocument } from './backup.ts';
import { checkDocument } from './check.ts';
import { diagnosticProfileDocument } from './diagnostic-profile.ts';
import { errorDocument } from './error.ts';
import { explainDocument } from './explain.ts';
import { inspectDocument } from './inspect.ts';
import {
  passwordsBackupDocument,
  passwordsExportDocument,
  passwordsListDocument,
  passwordsRemoveDocument,
  passwordsRestoreDocument,
} from './passwords.ts';
import { profilesDocument } from './profiles.ts';
import { profilesRegisterDocument, profilesRelinkDocument, profilesUseDocument } from './profiles-change.ts';
import { repairDocument } from './repair.ts';
import { undoDocument } from './undo.ts';

export const documentSchemas = {
  apply: applyDocument,
  backup: backupDocument,
  'backup-verify': backupVerifyDocument,
  check: checkDocument,
  'diagnostic-profile': diagnosticProfileDocument,
  error: errorDocument,
  explain: explainDocument,
  inspect: inspectDocument,
  'passwords-backup': passwordsBackupDocument,
  'passwords-export': passwordsExportDocument,
  'passwords-list': passwordsListDocument,
  'passwords-remove': passwordsRemoveDocument,
  'passwords-restore': passwordsRestoreDocument,
  profiles: profilesDocument,
  'profiles-register': profilesRegisterDocument,
  'profiles-relink': profilesRelinkDocument,
  'profiles-use': profilesUseDocument,
  repair: repairDocument,
  undo: undoDocument,
};

/** File name -> text of the file. Unknown fields are allowed: later versions add some (design.md 5). */
export function jsonSchemaFiles(): Map<string, string> {
  return new Map(
    Object.entries(documentSchemas).map(([name, schema]) => [
      `${name}.schema.json`,
      `${JSON.stringify(z.toJSONSchema(schema, { io: 'input' }), null, 2)}\n`,
    ]),
  );
}
