export type PolicyTextErrorCode =
  | "encoding"
  | "comment-unclosed"
  | "title-missing"
  | "no-clauses"
  | "text-before-first-clause"
  | "clause-number-repeated"
  | "clause-number-gap"
  | "clause-too-deep"
  | "clause-empty"
  | "paragraph-empty"
  | "paragraph-broken"
  | "paragraph-out-of-place"
  | "unknown-mark";

/** A text that cannot be read as a policy. The message names the file and the line and says what to do. */
export class PolicyTextError extends Error {
  override readonly name = "PolicyTextError";
  readonly code: PolicyTextErrorCode;
  readonly where: string;
  /** Counted from 1. */
  readonly line: number;

  constructor(code: PolicyTextErrorCode, where: string, line: number, sentence: string) {
    super(`${where}:${line}: ${sentence}`);
    this.code = code;
    this.where = where;
    this.line = line;
  }
}
