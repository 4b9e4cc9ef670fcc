import PostalMime, { type Email } from "postal-mime";
import { asUtf8 } from "./guess-cyrillic.ts";
import { textOfHtml } from "./text-of-html.ts";

/** A letter that came in, as far as it can be read. */
export interface IncomingLetter {
  /** The address it says it comes from; nobody has checked it. */
  readonly from: string | undefined;
  /** Its subject line; empty if it has none. */
  readonly line: string;
  readonly text: string;
  readonly attachments: readonly { readonly name: string; readonly type: string }[];
  /** Headers by which robots give themselves away (RFC 3834), lower-case; undefined where they are absent. */
  readonly autoSubmitted: string | undefined;
  readonly precedence: string | undefined;
  /** `part`: the rest was too long to read; `none`: nothing could be made out. Staff have the raw letter. */
  readonly read: "whole" | "part" | "none";
}

// The parser needs about a hundred times the memory of a short line, and 2 MB of empty lines take it 23 s. A letter's
// own words stand at its beginning; what follows is attachments. Measured: at these bounds the worst takes 0.15 s.
const readableBytes = 1024 * 1024;
const readableLines = 20_000;

/** Reads a raw letter (RFC 5322 and MIME, any charset). Never fails: what cannot be read still has to reach staff. */
export async function readLetter(raw: Buffer): Promise<IncomingLetter> {
  const end = endOfReadable(raw);
  const beginning = raw.subarray(0, end);
  const read = end < raw.length ? "part" : "whole";
  const email = await parse(beginning);
  if (!email) return unreadable;
  const letter = describe(email, read);
  if (!isGarbled(letter.line) && !isGarbled(letter.text)) return letter;
  return mend(letter, await parse(asUtf8(beginning)));
}

const unreadable: IncomingLetter = {
  from: undefined,
  line: "",
  text: "",
  attachments: [],
  autoSubmitted: undefined,
  precedence: undefined,
  read: "none",
};

function endOfReadable(raw: Buffer): number {
  const newline = 0x0a;
  let end = 0;
  for (let lines = 0; lines < readableLines; lines++) {
    const next = raw.indexOf(newline, end);
    if (next === -1) return Math.min(raw.length, readableBytes);
    end = next + 1;
    if (end >= readableBytes) return readableBytes;
  }
  return end;
}

/** Undefined for what the parser refuses: parts in parts in parts, megabytes of headers. */
async function parse(raw: Buffer): Promise<Email | undefined> {
  const limits = { maxNestingDepth: 32, maxHeadersSize: 256 * 1024, maxRfc822NestingDepth: 2 };
  return PostalMime.parse(raw, limits).catch(() => undefined);
}

function describe(email: Email, read: "whole" | "part"): IncomingLetter {
  const header = (name: string) => email.headers.find(({ key }) => key === name)?.value.trim().toLowerCase();
  return {
    from: email.from?.address,
    line: email.subject ?? "",
    text: email.text ?? textOfHtml(email.html ?? ""),
    attachments: email.attachments.map(({ filename, mimeType }) => ({ name: filename ?? "", type: mimeType })),
    autoSubmitted: header("auto-submitted"),
    precedence: header("precedence"),
    read,
  };
}

/** Takes from the second reading, in a guessed charset, what the first could not decode. */
function mend(letter: IncomingLetter, again: Email | undefined): IncomingLetter {
  if (!again) return letter;
  const second = describe(again, "whole");
  return {
    ...letter,
    line: isGarbled(letter.line) ? second.line : letter.line,
    text: isGarbled(letter.text) ? second.text : letter.text,
  };
}

/** U+FFFD stands where bytes were no UTF-8: the letter does not say its charset, or says it wrong. */
function isGarbled(text: string): boolean {
  return text.includes("\uFFFD");
}
