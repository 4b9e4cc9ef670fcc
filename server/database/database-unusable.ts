/** Why the database cannot be had; stable, for tests and for the exit line of the command. */
export type DatabaseTrouble =
  | "platform-unsupported"
  | "binaries-unusable"
  | "service-user-missing"
  | "service-user-unusable"
  | "disk-full"
  | "folder-unwritable"
  | "database-init-failed"
  | "database-start-failed"
  | "database-in-use"
  | "database-version"
  | "database-elsewhere"
  | "database-missing"
  | "database-owner"
  | "database-password-missing"
  | "database-url-invalid";

/** The message is one sentence for the operator that says what to do; it never holds a password or a row. */
export class DatabaseUnusable extends Error {
  override readonly name = "DatabaseUnusable";
  readonly code: DatabaseTrouble;

  constructor(code: DatabaseTrouble, sentence: string, options?: ErrorOptions) {
    super(sentence, options);
    this.code = code;
  }
}

type FolderTrouble = "disk-full" | "folder-unwritable";

const WHAT_THE_SYSTEM_SAYS: readonly (readonly [code: string, text: string, trouble: FolderTrouble])[] = [
  ["ENOSPC", "No space left on device", "disk-full"],
  ["ENOSPC", "Check free disk space", "disk-full"], // PostgreSQL, when only part of a block found room
  ["EDQUOT", "Disk quota exceeded", "disk-full"],
  ["EROFS", "Read-only file system", "folder-unwritable"],
  ["EACCES", "Permission denied", "folder-unwritable"],
  ["EPERM", "Operation not permitted", "folder-unwritable"],
  ["ENOTDIR", "Not a directory", "folder-unwritable"],
  ["EEXIST", "File exists", "folder-unwritable"], // mkdir, where a file has the folder's name
];

/** Turns an error of the file system into a sentence about `folder`; anything else comes back as it was. */
export function explainSystemError(error: unknown, folder: string): unknown {
  if (!(error instanceof Error) || error instanceof DatabaseUnusable || !("code" in error)) return error;
  // Node's recursive mkdir says ENOENT on a read-only file system.
  const isMkdir = error.code === "ENOENT" && "syscall" in error && error.syscall === "mkdir";
  const code = isMkdir ? "EROFS" : error.code;
  const trouble = WHAT_THE_SYSTEM_SAYS.find(([known]) => known === code)?.[2];
  const path = "path" in error && typeof error.path === "string" ? error.path : undefined;
  if (trouble === undefined || (trouble !== "disk-full" && path === undefined)) return error;
  return describeFolder(trouble, path ?? folder, error);
}

/** The same for what a program of PostgreSQL printed; undefined when it is about something else. */
export function explainProgramOutput(output: string, folder: string): DatabaseUnusable | undefined {
  const known = WHAT_THE_SYSTEM_SAYS.find(([, text]) => output.includes(text));
  return known && describeFolder(known[2], folder);
}

export function describeFolder(trouble: FolderTrouble, where: string, cause?: unknown): DatabaseUnusable {
  const sentence =
    trouble === "disk-full"
      ? `The disk that holds ${where} is full: make room and start again; nothing that was confirmed is lost.`
      : `Ubada cannot write to ${where}: ` +
        `let the user that runs Ubada write there, or choose another UBADA_DATA.`;
  return new DatabaseUnusable(trouble, sentence, { cause });
}
