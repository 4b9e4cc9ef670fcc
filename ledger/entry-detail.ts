import { createHmac } from "node:crypto";

/** What a person did, as their journal entry commits to it: strings and lists of strings under names in Latin letters. */
export type EntryDetail = Readonly<Record<string, string | readonly string[]>>;

/** Canonical JSON (RFC 8785), the same bytes for the same detail. For example `{"at":"2026-11-24T17:03:12Z","kind":"request"}`. */
export function encodeDetail(detail: EntryDetail): string {
  const names = Object.keys(detail).toSorted();
  return JSON.stringify(Object.fromEntries(names.map((name) => [name, detail[name]])));
}

/**
 * HMAC-SHA256 (32 bytes) over the detail's canonical JSON, under a key of 32 random bytes that is used for no other. Whoever
 * has neither can guess neither; whoever has both can show that nothing else was committed to.
 */
export function commitToDetail(key: Buffer, detail: EntryDetail): Buffer {
  return createHmac("sha256", key).update(encodeDetail(detail)).digest();
}
