import { createHash } from "node:crypto";
import type { RandomBytes } from "./seal.ts";

/** A secret that is given away once (a link, a cookie); only its digest is kept. */
export interface OneTimeSecret {
  readonly secret: string;
  readonly digest: Buffer;
}

/** 256 random bits in base64url (43 characters). */
export function newSecret(randomBytes: RandomBytes): OneTimeSecret {
  const secret = randomBytes(32).toString("base64url");
  return { secret, digest: digestSecret(secret) };
}

/** SHA-256 is enough for 256 random bits; a password needs a slow hash instead. */
export function digestSecret(secret: string): Buffer {
  return createHash("sha256").update(secret).digest();
}
