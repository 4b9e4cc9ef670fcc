import type { KeyEncryptionKeys } from "./key-encryption-keys.ts";
import { type RandomBytes, seal, unseal } from "./seal.ts";

/** What ties a journal entry to the person it is about. */
export interface EntryLink {
  readonly entryId: string;
  /** Where the person has a receipt of the entry. */
  readonly receipt?: ReceiptKey | undefined;
}

export interface ReceiptKey {
  /** Id of the act of consent, the withdrawal or the request that it is a receipt of. */
  readonly recordId: string;
  /** What opens the entry's detail (`commitToDetail`), 32 bytes. */
  readonly key: Buffer;
}

/** A row of `journal.about`, whose subject is known. */
export interface SealedLink {
  readonly kek_epoch: number;
  readonly sealed: Buffer;
}

/** The epoch of links from before they were sealed: their `sealed` is the plain id. */
export const unsealedEpoch = 0;

const idLength = 16;

/**
 * Seals a link under the current epoch's link key, with the subject as associated data: a copy of the database tells neither
 * which entries are about somebody nor which are about the same person, and never will once the epoch's key is destroyed.
 * The key is not the subject's own: the gate writes the link before it gives that out.
 */
export function sealLink(
  keys: KeyEncryptionKeys,
  subject: string,
  { entryId, receipt }: EntryLink,
  randomBytes: RandomBytes,
): SealedLink {
  const parts = receipt ? [bytesOfId(entryId), bytesOfId(receipt.recordId), receipt.key] : [bytesOfId(entryId)];
  const epoch = keys.current;
  return { kek_epoch: epoch, sealed: seal(keys.linkKey(epoch), Buffer.concat(parts), identity(subject, epoch), randomBytes) };
}

/** Throws `EpochMissing` or `SealBroken`. */
export function openLink(keys: KeyEncryptionKeys, subject: string, { kek_epoch: epoch, sealed }: SealedLink): EntryLink {
  const plain = epoch === unsealedEpoch ? sealed : unseal(keys.linkKey(epoch), sealed, identity(subject, epoch));
  const entryId = idOfBytes(plain.subarray(0, idLength));
  if (plain.length === idLength) return { entryId };
  const [recordId, key] = [plain.subarray(idLength, 2 * idLength), plain.subarray(2 * idLength)];
  return { entryId, receipt: { recordId: idOfBytes(recordId), key } };
}

function identity(subject: string, epoch: number): string {
  return `journal.about/${subject}/${epoch}`;
}

function bytesOfId(id: string): Buffer {
  return Buffer.from(id.replaceAll("-", ""), "hex");
}

function idOfBytes(bytes: Buffer): string {
  return bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
