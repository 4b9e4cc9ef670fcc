/**
 * Why the database cannot be brought to the shape that this code expects; stable, for tests and the exit
 * line.
 */
export type MigrationTrouble =
  | "migration-name"
  | "migration-gap"
  | "migration-changed"
  | "migration-failed"
  | "migration-left-transaction"
  | "database-newer"
  | "database-too-old"
  | "migration-rights"
  | "app-role-too-strong";

/** The message is one sentence for the operator; it never holds a password or a row. */
export class MigrationError extends Error {
  readonly code: MigrationTrouble;

  constructor(code: MigrationTrouble, sentence: string) {
    super(sentence);
    this.code = code;
  }
}
