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

/** Tells keys apart without telling anything of them. */
export function fingerprintOf(key: Buffer): Buffer {
  return createHmac("sha256", key).update("ubada key fingerprint").digest();
}
