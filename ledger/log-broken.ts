/** What can be wrong with a log or a proof. */
export type LogFlaw =
  | "checkpoint-missing"
  | "not-signed"
  | "not-witnessed"
  | "other-log"
  | "malformed"
  | "tile-missing"
  | "tile-truncated"
  | "tile-wrong"
  | "entry-wrong"
  | "root-wrong"
  | "proof-wrong"
  | "receipt-altered"
  | "receipt-wrong"
  | "shrunk"
  | "forked";

/** The log, or the proof, is not what it claims to be. The message is a sentence that names the file or the entry. */
export class LogBroken extends Error {
  override readonly name = "LogBroken";
  readonly code: LogFlaw;

  constructor(code: LogFlaw, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
