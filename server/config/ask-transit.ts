import { readFileSync, statSync } from "node:fs";
import { SecretExposed } from "./key-file.ts";
import {
  TransitAnswerUnreadable,
  TransitNotMounted,
  TransitRefused,
  TransitSealed,
  TransitTokenUnreadable,
  TransitUnreachable,
} from "./transit-failure.ts";
import type { TransitSettings } from "./transit-settings.ts";

/** `rejected`: the service understood and said no (400). `absent`: there is no such thing (404). */
export type TransitAnswer =
  | { readonly kind: "done"; readonly data: Readonly<Record<string, unknown>> }
  | { readonly kind: "rejected" | "absent" };

/** One call of the API. `path` follows the mount, as in `keys/ubada-1`. */
export type AskTransit = (
  method: "GET" | "POST" | "DELETE",
  path: string,
  body?: Readonly<Record<string, unknown>>,
) => Promise<TransitAnswer>;

/** Real answers have a few hundred bytes. */
const mostBytes = 64 * 1024;

/**
 * Calls of a transit engine over its HTTP API (https://openbao.org/api-docs/secret/transit/). Each ends within
 * `timeoutMs`, the reading of its answer included, and is sent once: whoever calls may call again.
 * @throws what `transit-failure.ts` describes, and SecretExposed for the file of the token
 */
export function createAskTransit(settings: TransitSettings, timeoutMs = 10_000): AskTransit {
  const { origin, mount, namespace, tokenFile } = settings;
  return async (method, path, body) => {
    const act = `${method} ${mount}/${path}`;
    const headers = {
      "X-Vault-Token": readToken(tokenFile),
      "X-Vault-Request": "true",
      // Calls are rare: a connection that waited for the next one would often be found cut.
      Connection: "close",
      ...(namespace === undefined ? {} : { "X-Vault-Namespace": namespace }),
    };
    const { status, text } = await exchange(`${origin}/v1/${mount}/${path}`, {
      method,
      headers,
      // A standby points to the active node; the token does not go where an answer says.
      redirect: "manual",
      signal: AbortSignal.timeout(timeoutMs),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }).catch((error: unknown) => {
      throw new TransitUnreachable(origin, reasonOf(error));
    });
    if (status === 401 || status === 403) throw new TransitRefused(origin, act, tokenFile);
    if ([307, 308, 429, 472, 473, 503].includes(status)) throw new TransitSealed(origin, status);
    if (text === undefined) throw new TransitAnswerUnreadable(origin, act, `more than ${mostBytes} bytes`);
    if (status === 204) return { kind: "done", data: {} };

    const answer = parseObject(text);
    const unreadable = () => new TransitAnswerUnreadable(origin, act, `status ${status}`);
    if (answer === undefined) throw unreadable();
    if (status === 200) return { kind: "done", data: asObject(answer["data"]) ?? {} };
    if (!Array.isArray(answer["errors"])) throw unreadable();
    if (status === 400) return { kind: "rejected" };
    if (status !== 404) throw unreadable();
    // A key that is not there has no errors; a path that leads nowhere is told in words.
    if (answer["errors"].length > 0) throw new TransitNotMounted(origin, mount);
    return { kind: "absent" };
  };
}

/** `text` is undefined where it is too long. */
async function exchange(url: string, init: RequestInit): Promise<{ status: number; text: string | undefined }> {
  const response = await fetch(url, init);
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.length;
    if (bytes > mostBytes) return { status: response.status, text: undefined };
    chunks.push(chunk);
  }
  return { status: response.status, text: Buffer.concat(chunks).toString("utf8") };
}

/** The code of the system or of TLS, such as ECONNREFUSED: never a message, which may quote the answer. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return "unknown";
  if (error.name === "TimeoutError") return "in time";
  const { cause } = error;
  return cause instanceof Error && "code" in cause && typeof cause.code === "string" ? cause.code : error.name;
}

function readToken(path: string): string {
  let text: string;
  try {
    if ((statSync(path).mode & 0o077) !== 0) throw new SecretExposed(path);
    text = readFileSync(path, "utf8").trim();
  } catch (error) {
    throw error instanceof SecretExposed ? error : new TransitTokenUnreadable(path);
  }
  // What is no header would be quoted by the error about it.
  if (!/^[\x21-\x7e]{1,4096}$/.test(text)) throw new TransitTokenUnreadable(path);
  return text;
}

function parseObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    return asObject(JSON.parse(text));
  } catch {
    return undefined;
  }
}

function asObject(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : undefined;
}
