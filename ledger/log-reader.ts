/**
 * Where the files of a log are read from: "checkpoint", or a path as `tilePath` prints it. Every other path is not
 * there. Undefined means that there surely is no such file; where that cannot be told, `read` throws LogUnreadable.
 * What was read is not to be trusted before it was checked. Reading side by side is allowed.
 */
export interface LogReader {
  read(path: string): Promise<Buffer | undefined>;
}

/** Nothing is known: a file could not be read, for a reason that says nothing about the log. */
export class LogUnreadable extends Error {
  override readonly name = "LogUnreadable";
  readonly code = "log-unreadable";
}
