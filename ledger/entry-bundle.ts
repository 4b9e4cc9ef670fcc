import { LogBroken } from "./log-broken.ts";

/** Bytes that an entry may have at most: its length stands in two bytes. */
export const longestEntry = 0xffff;

/**
 * Entries one behind the other, each behind its length in two bytes, the higher first (C2SP tlog-tiles, "Log entries").
 * Bundles can be joined: the bundle of all is the bundle of the first and then that of the rest.
 */
export function encodeBundle(entries: readonly Uint8Array[]): Buffer {
  const parts = entries.flatMap((entry, at) => {
    if (entry.length > longestEntry) {
      throw new RangeError(`Entry ${at} of the bundle has ${entry.length} bytes; it may have ${longestEntry} at most.`);
    }
    return [Buffer.of(entry.length >> 8, entry.length & 0xff), entry];
  });
  return Buffer.concat(parts);
}

/** The entries, as views into the bundle. Throws LogBroken where it ends within one. */
export function decodeBundle(bundle: Uint8Array): Buffer[] {
  const bytes = Buffer.from(bundle.buffer, bundle.byteOffset, bundle.length);
  const entries: Buffer[] = [];
  for (let at = 0; at < bytes.length; ) {
    const start = at + 2;
    const end = start <= bytes.length ? start + bytes.readUInt16BE(at) : start;
    if (end > bytes.length) {
      throw new LogBroken("tile-truncated", `The bundle ends within its entry ${entries.length}, counted from 0.`);
    }
    entries.push(bytes.subarray(start, end));
    at = end;
  }
  return entries;
}
