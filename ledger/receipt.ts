import { hash } from "node:crypto";
import type { Checkpoint } from "./checkpoint.ts";
import type { Cosignature } from "./cosignature.ts";
import { commitTo, type Unpublished } from "./journal-leaf.ts";
import { commitToDetail, type EntryDetail } from "./entry-detail.ts";
import { LogBroken } from "./log-broken.ts";
import type { WitnessRule } from "./require-witnesses.ts";
import { type NoteSigner, type NoteVerifier, noteOfBytes, openNote } from "./signed-note.ts";
import { verifyTlogProof } from "./tlog-proof.ts";

/**
 * What proves that the ledger holds what a receipt says: the detail with the key that opens it, the leaf that commits to
 * it, and the leaf's place in the tree.
 */
export interface ReceiptEvidence {
  readonly detail: EntryDetail;
  /** 32 bytes, in base64url. */
  readonly key: string;
  /** The bytes of the leaf, canonical JSON. */
  readonly leaf: string;
  /** A C2SP tlog-proof of the leaf. */
  readonly proof: string;
  /** What the leaf's own commitment opens to: the number of the receipt and the exact time of the entry. */
  readonly opening: Unpublished & { readonly opening: string };
}

export interface VerifiedReceipt {
  readonly detail: EntryDetail;
  readonly checkpoint: Checkpoint;
  /** The place of the entry in the ledger, from 0. */
  readonly index: number;
  /** The number of the receipt: the id of the entry. */
  readonly number: string;
  /** Of the witnesses that were asked for. */
  readonly cosignatures: readonly Cosignature[];
  /** When the entry was made, to the hour, in UTC: `2026-11-24T17Z`. */
  readonly hour: string;
}

/** Where a receipt, an HTML document, holds its evidence, in one line of JSON; it does so once. */
export const evidenceStart = '<script type="application/json" id="evidence">';
const scriptEnd = "</script>";

/** After the document comes the signed note over it, and then its end; nothing else. */
const noteStart = '\n<script type="text/plain" id="signature">\n';
const noteEnd = "</script>\n</body>\n</html>\n";

/** Distinct from every checkpoint, whose first line is the name of its log. */
const firstLine = "ubada receipt, version 1";

/** The text that is signed: `ubada receipt, version 1`, and `sha256` with the document's hash in Base64, a line each. */
function noteText(document: string): string {
  return `${firstLine}\nsha256 ${hash("sha256", document, "base64")}\n`;
}

/** The whole file of a receipt. `document`: HTML with its evidence, up to where its body ends. */
export function signReceipt(document: string, signer: NoteSigner): string {
  return `${document}${noteStart}${signer.sign(noteText(document))}${noteEnd}`;
}

/**
 * Checks a receipt without the log and without the company: the signature, that not a letter was changed, that the evidence
 * opens the entry, and that the entry stands in the log of this key. Throws LogBroken: `malformed` for a file that is no
 * receipt, `not-signed`, `other-log`, `receipt-altered`, `receipt-wrong`, `proof-wrong` or `not-witnessed`.
 */
export function verifyReceipt(file: Uint8Array, verifier: NoteVerifier, witnesses?: WitnessRule): VerifiedReceipt {
  const { document, note } = takeApart(textOf(file));
  if (openNote(note, verifier) !== noteText(document)) {
    throw new LogBroken(
      "receipt-altered",
      "The receipt is not the one that was signed: something in it was changed, perhaps by a program that saved it anew. " +
        "Check the file as it was downloaded.",
    );
  }
  const { detail, key, leaf, proof, opening } = readEvidence(document);
  const { checkpoint, index, cosignatures } = verifyTlogProof(proof, Buffer.from(leaf), verifier, witnesses);
  const hour = requireOpening(leaf, {
    detail: commitToDetail(Buffer.from(key, "base64url"), detail),
    commitment: commitTo(Buffer.from(opening.opening, "base64url"), opening),
  });
  return { detail, number: opening.entry, checkpoint, index, cosignatures, hour };
}

function textOf(file: Uint8Array): string {
  try {
    return noteOfBytes(file);
  } catch (cause) {
    throw new LogBroken("malformed", "The file is not a receipt: a receipt is an HTML file, text in UTF-8.", { cause });
  }
}

function takeApart(text: string): { readonly document: string; readonly note: string } {
  const at = text.lastIndexOf(noteStart);
  if (at < 0 && !text.includes('id="signature"')) {
    throw new LogBroken("malformed", "The file is not a receipt, or a part of one: its end, the signature, is missing.");
  }
  if (at < 0 || !text.endsWith(noteEnd)) {
    throw new LogBroken(
      "malformed",
      "The receipt was saved anew: its line ends were changed, or something follows its signature. Programs for text and for " +
        "mail do that; check the file as it was downloaded.",
    );
  }
  return { document: text.slice(0, at), note: text.slice(at + noteStart.length, -noteEnd.length) };
}

function readEvidence(document: string): ReceiptEvidence {
  const [before, rest, ...more] = document.split(evidenceStart);
  const json = rest?.slice(0, Math.max(rest.indexOf(scriptEnd), 0));
  const evidence = json === undefined || more.length > 0 ? undefined : parseJson(json);
  if (before === undefined || !isEvidence(evidence)) {
    throw new LogBroken("malformed", "The receipt does not hold its evidence once and whole.");
  }
  return evidence;
}

/** The hour of a leaf that commits to exactly this. */
function requireOpening(leaf: string, opened: { readonly detail: Buffer; readonly commitment: Buffer }): string {
  const said = parseJson(leaf);
  const hour = isRecord(said) ? said["hour"] : undefined;
  const commits = (name: "detail" | "commitment") => isRecord(said) && said[name] === opened[name].toString("base64url");
  if (!commits("detail") || !commits("commitment") || typeof hour !== "string") {
    throw new LogBroken(
      "receipt-wrong",
      "The entry in the ledger does not commit to what this receipt says; it is an entry about something else.",
    );
  }
  return hour;
}

function isEvidence(value: unknown): value is ReceiptEvidence {
  if (!isRecord(value) || !isRecord(value["detail"]) || !isRecord(value["opening"])) return false;
  const isText = (part: unknown) => typeof part === "string";
  const isPart = (part: unknown) => isText(part) || (Array.isArray(part) && part.every(isText));
  const { at, entry, staff, opening } = value["opening"];
  const texts = [value["key"], value["leaf"], value["proof"], at, entry, opening];
  return texts.every(isText) && (staff === null || isText(staff)) && Object.values(value["detail"]).every(isPart);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Undefined for what is no JSON. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
