import { argon2, timingSafeEqual } from "node:crypto";
import type { RandomBytes } from "../vault/seal.ts";

/** Argon2id as OWASP sets its least: 19 MiB, two passes, one lane. A stronger choice later is read from each hash. */
const cost = { memory: 19_456, passes: 2, parallelism: 1 } as const;
const saltLength = 16;
const tagLength = 32;
const format = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/;

/** A stored hash that is no hash: somebody wrote into the table by hand. */
export class PasswordHashBroken extends Error {
  readonly code = "password-hash-broken";
  constructor() {
    super("A password hash in staff.member cannot be read; remove that member and invite the person again.");
  }
}

interface PasswordHash {
  readonly memory: number;
  readonly passes: number;
  readonly parallelism: number;
  readonly salt: Buffer;
  readonly tag: Buffer;
}

/** The hash of a password with a salt of its own, as a PHC string: `$argon2id$v=19$m=19456,t=2,p=1$…$…`. */
export async function hashPassword(password: string, randomBytes: RandomBytes): Promise<string> {
  const salt = randomBytes(saltLength);
  return print({ ...cost, salt, tag: await derive(password, { ...cost, salt, tagLength }) });
}

/** A hash that no password has, at the same cost: comparing with it takes as long as with a real one. */
export const nobodysHash = print({ ...cost, salt: Buffer.alloc(saltLength), tag: Buffer.alloc(tagLength) });

/** Whether this is the password of the hash. Throws `PasswordHashBroken`. */
export async function isPasswordOf(password: string, hash: string): Promise<boolean> {
  const { tag, ...parameters } = parse(hash);
  return timingSafeEqual(await derive(password, { ...parameters, tagLength: tag.length }), tag);
}

function derive(
  password: string,
  parameters: Omit<PasswordHash, "tag"> & { readonly tagLength: number },
): Promise<Buffer> {
  const { salt, ...rest } = parameters;
  // NFKC: the same keys on another keyboard or system must give the same password (NIST SP 800-63B).
  const message = password.normalize("NFKC");
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
  argon2("argon2id", { ...rest, message, nonce: salt }, (error, tag) => (error ? reject(error) : resolve(tag)));
  return promise;
}

function print({ memory, passes, parallelism, salt, tag }: PasswordHash): string {
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${unpadded(salt)}$${unpadded(tag)}`;
}

function parse(hash: string): PasswordHash {
  const [, memory, passes, parallelism, salt, tag] = format.exec(hash) ?? [];
  if (salt === undefined || tag === undefined) throw new PasswordHashBroken();
  return {
    memory: Number(memory),
    passes: Number(passes),
    parallelism: Number(parallelism),
    salt: Buffer.from(salt, "base64"),
    tag: Buffer.from(tag, "base64"),
  };
}

/** PHC strings carry base64 without its padding. */
function unpadded(bytes: Buffer): string {
  return bytes.toString("base64").replaceAll("=", "");
}
