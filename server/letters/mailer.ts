/** A letter ready to leave. */
export interface OutgoingLetter {
  readonly to: string;
  /** Its subject line. */
  readonly line: string;
  readonly text: string;
  readonly attachments?: readonly Attachment[];
}

/** An HTML file that goes with a letter. */
export interface Attachment {
  /** In Latin letters. */
  readonly name: string;
  readonly html: string;
}

export type SendOutcome =
  | { readonly kind: "sent" }
  /** The server will never take it (5xx): the address does not exist, or refuses us. */
  | { readonly kind: "refused" }
  /** It may take it later: unreachable, busy, or greylisting (4xx). */
  | { readonly kind: "unreachable" };

/** Sends letters. `sent` means that the server has taken responsibility (250); the same letter may be sent twice. */
export interface Mailer {
  send(letter: OutgoingLetter, messageId: string): Promise<SendOutcome>;
}
