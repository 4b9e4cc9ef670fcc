import type { Kysely } from "kysely";
import type { Database } from "../database/schema-types.ts";
import type { NewSubject } from "./new-subject.ts";

/** Stores a new subject with its wrapped key, in the caller's transaction. */
export async function storeSubject(tx: Kysely<Database>, subject: NewSubject, now: Temporal.Instant): Promise<void> {
  const { subjectId, key } = subject;
  await tx
    .insertInto("vault.subject")
    .values({ subject_id: subjectId, state: "active", created_at: now, changed_at: now })
    .execute();
  await tx
    .insertInto("vault.subject_key")
    .values({ subject_id: subjectId, kek_epoch: key.epoch, wrapped_key: key.wrapped, created_at: now })
    .execute();
}
