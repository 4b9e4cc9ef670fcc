import { createHmac } from "node:crypto";
import type { Kysely } from "kysely";
import type { Database } from "../database/schema-types.ts";

/** The keys in the secrets folder are not those that this database was filled with. */
export class ForeignKeys extends Error {
  readonly code = "foreign-keys";
  constructor(name: string) {
    super(
      `The key «${name}» does not belong to this database, so nobody's data could be read; ` +
        "put back the secrets folder that was used with it.",
    );
  }
}

/** Two keys took each other's place, or a new one is a copy of an old one. */
export class KeySwapped extends Error {
  readonly code = "foreign-keys";
  constructor(name: string, other: string) {
    super(`The key that is called ${name} is really that of «${other}»; give each its own name back.`);
  }
}

/**
 * Remembers by their fingerprints the keys that a new database begins with, and refuses any other ones later: a
 * swapped key file must be noticed before new data is sealed under it. Runs as the owner, at every start.
 */
export async function requireKeys(owner: Kysely<Database>, keys: Readonly<Record<string, Buffer>>): Promise<void> {
  for (const [name, key] of Object.entries(keys)) {
    const fingerprint = fingerprintOf(key);
    await owner
      .insertInto("vault.key_fingerprint")
      .values({ name, fingerprint })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    const kept = await owner
      .selectFrom("vault.key_fingerprint")
      .select("fingerprint")
      .where("name", "=", name)
      .executeTakeFirstOrThrow();
    if (!kept.fingerprint.equals(fingerprint)) throw new ForeignKeys(name);
  }
}

/** `key.name`: of its fingerprint; `calledBy`: what the operator calls it. */
export async function refuseSwapped(
  owner: Kysely<Database>,
  key: { readonly name: string; readonly bytes: Buffer },
  calledBy: string,
): Promise<void> {
  const other = await owner
    .selectFrom("vault.key_fingerprint")
    .select("name")
    .where("fingerprint", "=", fingerprintOf(key.bytes))
    .where("name", "<>", key.name)
    .executeTakeFirst();
  if (other) throw new KeySwapped(calledBy, other.name);
}

/** Tells keys apart without telling anything of them. */
function fingerprintOf(key: Buffer): Buffer {
  return createHmac("sha256", key).update("ubada key fingerprint").digest();
}
