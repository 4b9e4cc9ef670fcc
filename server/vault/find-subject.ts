import type { Kysely } from "kysely";
import type { Database } from "../database/schema-types.ts";

/**
 * The one subject that this digest identifies, or undefined. An e-mail address identifies: it is what signs in and
 * what confirms. A phone number identifies only where no address was given. Nothing else ever merges two people:
 * what is typed into a form is not verified (9), and must not open somebody else's cabinet.
 */
export async function findSubject(db: Kysely<Database>, digest: Buffer): Promise<string | undefined> {
  const found = await db
    .selectFrom("vault.lookup")
    .select("subject_id")
    .where("digest", "=", digest)
    .where("identifies", "=", true)
    .executeTakeFirst();
  return found?.subject_id;
}
