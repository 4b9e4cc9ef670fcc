import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { setTimeout as pause } from "node:timers/promises";

/** What a policy allows on a path; one that ends in `*` is meant for all that begin so. */
export type Policy = Readonly<Record<string, readonly Capability[]>>;
type Capability = "create" | "read" | "update" | "delete";

/** The policy that the documentation gives, for our prefix. */
export const documentedPolicy: Policy = {
  "transit/keys/ubada-*": ["read", "update", "delete"],
  "transit/encrypt/ubada-*": ["update"],
  "transit/decrypt/ubada-*": ["update"],
};

/**
 * sealed, standby, garbage, endless: so it answers. silent: it never does. failing: it does what is asked, and then says
 * that it failed. stubborn: it says that it deleted, and did not.
 */
export type Fault = "sealed" | "standby" | "garbage" | "endless" | "silent" | "failing" | "stubborn";

/**
 * A transit engine on a loopback port that answers as OpenBao and HashiCorp Vault do: named keys with versions,
 * AES-256-GCM, tokens and policies. Can be told how to fail.
 */
export interface TransitServer extends AsyncDisposable {
  /** For `UBADA_TRANSIT_URL`. */
  readonly url: string;
  /** The names of its keys, in order. */
  keyNames(): readonly string[];
  /** Each call so far, as in `POST transit/encrypt/ubada-1 200`; the audit log. */
  readonly audit: readonly string[];
  newToken(policy: Policy): string;
  revoke(token: string): void;
  /** Adds a version to a key; what earlier ones sealed still opens. */
  rotate(name: string): void;
  /** Takes a key away, as somebody with every right might. */
  loseKey(name: string): void;
  /** Fails so until it is told otherwise; `only`: at the calls that this matches. */
  fail(fault: Fault | undefined, only?: RegExp): void;
}

interface NamedKey {
  readonly versions: Buffer[];
  deletionAllowed: boolean;
}

type Body = Readonly<Record<string, unknown>>;
interface Answer {
  readonly status: number;
  readonly body?: unknown;
}

export async function startTransitServer(options: { readonly namespace?: string } = {}): Promise<TransitServer> {
  const keys = new Map<string, NamedKey>();
  const tokens = new Map<string, Policy>();
  const audit: string[] = [];
  let fault: { readonly kind: Fault; readonly only: RegExp } | undefined;

  const act = (method: string, path: string, body: Body): Answer => {
    const [mount, verb = "", name = "", more] = path.split("/");
    if (mount !== "transit") return errors(404, `no handler for route "${path}". route entry not found.`);
    const call = `${method} ${verb}${more === undefined ? "" : `/${more}`}`;
    if (call === "POST keys") {
      if (!keys.has(name)) keys.set(name, { versions: [randomBytes(32)], deletionAllowed: false });
      return { status: 200, body: { data: { name, type: "aes256-gcm96" } } };
    }
    const key = keys.get(name);
    switch (call) {
      case "GET keys":
        return key ? { status: 200, body: { data: { name, type: "aes256-gcm96" } } } : errors(404);
      case "POST keys/config":
        if (!key) return errors(400, `no existing key named ${name} could be found`);
        if (typeof body["deletion_allowed"] === "boolean") key.deletionAllowed = body["deletion_allowed"];
        return { status: 200, body: { data: { name, deletion_allowed: key.deletionAllowed } } };
      case "DELETE keys":
        if (!key) return errors(400, `error deleting policy ${name}: could not delete key; not found`);
        if (!key.deletionAllowed) return errors(400, `error deleting policy ${name}: deletion is not allowed for this key`);
        keys.delete(name);
        return { status: 204 };
      case "POST encrypt":
        return key ? encrypt(key, body) : errors(400, "encryption key not found");
      case "POST decrypt":
        return key ? decrypt(key, body) : errors(400, "encryption key not found");
      default:
        return errors(405, "unsupported operation");
    }
  };
  const allows = (token: string, method: string, path: string): boolean => {
    const [, verb, name = ""] = path.split("/");
    const write = verb === "encrypt" && !keys.has(name) ? "create" : "update";
    const capability = method === "GET" ? "read" : method === "DELETE" ? "delete" : write;
    const matches = (pattern: string) =>
      pattern.endsWith("*") ? path.startsWith(pattern.slice(0, -1)) : path === pattern;
    return Object.entries(tokens.get(token) ?? {}).some(
      ([pattern, capabilities]) => matches(pattern) && capabilities.includes(capability),
    );
  };

  const server = createServer((request, response) => {
    const { method = "", url = "", headers } = request;
    const path = url.replace(/^\/v1\//, "");
    const answer = async () => {
      const body = await text(request);
      const failing = fault?.only.test(`${method} ${path}`) ? fault.kind : undefined;
      const given = failing === undefined ? undefined : faultyAnswers[failing];
      if (given) return given(response);
      const isOurs = headers["x-vault-namespace"] === options.namespace;
      let said: Answer;
      if (!isOurs || !allows(String(headers["x-vault-token"]), method, path)) said = errors(403, "permission denied");
      else if (failing === "stubborn" && method === "DELETE") said = { status: 204 };
      else said = act(method, path, body === "" ? {} : (JSON.parse(body) as Body));
      if (failing === "failing") said = errors(500, "internal error");
      audit.push(`${method} ${path} ${said.status}`);
      response.writeHead(said.status, { "Content-Type": "application/json" });
      response.end(said.body === undefined ? undefined : JSON.stringify(said.body));
    };
    answer().catch(() => response.destroy());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    keyNames: () => [...keys.keys()].toSorted(),
    audit,
    newToken(policy) {
      const token = `hvs.${randomBytes(24).toString("base64url")}`;
      tokens.set(token, policy);
      return token;
    },
    revoke: (token) => void tokens.delete(token),
    rotate: (name) => void keys.get(name)?.versions.push(randomBytes(32)),
    loseKey: (name) => void keys.delete(name),
    fail(kind, only = /^/) {
      fault = kind && { kind, only };
    },
    [Symbol.asyncDispose]: () => new Promise((resolve) => server.close(() => resolve()).closeAllConnections()),
  };
}

function errors(status: number, ...messages: readonly string[]): Answer {
  return { status, body: { errors: messages } };
}

function encrypt({ versions }: NamedKey, body: Body): Answer {
  const nonce = randomBytes(12);
  const latest = versions.at(-1) ?? Buffer.alloc(0);
  const cipher = createCipheriv("aes-256-gcm", latest, nonce).setAAD(bytes(body["associated_data"]));
  const sealed = Buffer.concat([nonce, cipher.update(bytes(body["plaintext"])), cipher.final(), cipher.getAuthTag()]);
  return { status: 200, body: { data: { ciphertext: `vault:v${versions.length}:${sealed.toString("base64")}` } } };
}

function decrypt({ versions }: NamedKey, body: Body): Answer {
  const [, version = "", encoded = ""] = /^vault:v(\d+):(.+)$/.exec(String(body["ciphertext"])) ?? [];
  const key = versions[Number(version) - 1];
  if (!key) return errors(400, "invalid ciphertext: version is too new");
  const sealed = Buffer.from(encoded, "base64");
  if (sealed.length < 28) return errors(400, "invalid ciphertext length");
  const decipher = createDecipheriv("aes-256-gcm", key, sealed.subarray(0, 12)).setAAD(bytes(body["associated_data"]));
  decipher.setAuthTag(sealed.subarray(-16));
  try {
    const plain = Buffer.concat([decipher.update(sealed.subarray(12, -16)), decipher.final()]);
    return { status: 200, body: { data: { plaintext: plain.toString("base64") } } };
  } catch {
    return errors(400, "cipher: message authentication failed");
  }
}

function bytes(base64: unknown): Buffer {
  return Buffer.from(typeof base64 === "string" ? base64 : "", "base64");
}

/** Answers of a service that does nothing. */
const faultyAnswers: Partial<Readonly<Record<Fault, (response: ServerResponse) => void | Promise<void>>>> = {
  sealed: (response) => void response.writeHead(503).end(JSON.stringify({ errors: ["Vault is sealed"] })),
  standby: (response) => void response.writeHead(307, { Location: "http://127.0.0.1:9/v1/elsewhere" }).end(),
  garbage: (response) => void response.writeHead(200, { "Content-Type": "text/html" }).end("<h1>Welcome</h1>"),
  silent: () => {},
  async endless(response) {
    response.writeHead(200, { "Content-Type": "application/json" });
    while (!response.destroyed) {
      response.write(" ".repeat(16 * 1024));
      await pause(1);
    }
  },
};
