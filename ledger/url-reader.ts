import { mostBytes, tooLong } from "./file-limits.ts";
import { LogBroken } from "./log-broken.ts";
import { type LogReader, LogUnreadable } from "./log-reader.ts";

/** Milliseconds that one file may take. */
const patience = 30_000;

/**
 * A log at an address (`http:` or `https:`), below which its files lie: `…/checkpoint`, `…/tile/0/000`, and so on.
 * Redirections are not followed. Throws a RangeError when the address is none.
 */
export function urlReader(url: string | URL, timeout: number = patience): LogReader {
  const base = URL.canParse(url) ? new URL(url) : undefined;
  if (base === undefined || !/^https?:$/.test(base.protocol)) throw new RangeError("Give an http or https address.");
  const prefix = base.href.replace(/[?#].*$/, "").replace(/\/*$/, "/");
  return {
    read: async (path) => {
      const most = mostBytes(path);
      if (most === undefined) return undefined;
      try {
        return await download(prefix, path, most, AbortSignal.timeout(timeout));
      } catch (cause) {
        if (cause instanceof LogBroken || cause instanceof LogUnreadable) throw cause;
        throw new LogUnreadable(`${path} could not be fetched; see whether the address answers.`, { cause });
      }
    },
  };
}

async function download(prefix: string, path: string, most: number, signal: AbortSignal): Promise<Buffer | undefined> {
  const response = await fetch(prefix + path, { signal, redirect: "manual" });
  if (response.status !== 200) {
    await response.body?.cancel();
    if (response.status === 404 || response.status === 410) return undefined;
    throw new LogUnreadable(`Asked for ${path}, the server answered with status ${response.status}.`);
  }
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of response.body ?? []) {
    length += part.length;
    if (length > most) throw new LogBroken("malformed", tooLong(path, most));
    parts.push(part);
  }
  return Buffer.concat(parts);
}
