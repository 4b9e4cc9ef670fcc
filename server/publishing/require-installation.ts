import type { Kysely } from "kysely";
import type { Database } from "../database/schema-types.ts";

/** A demo was asked of a real database, or the other way round. */
export class WrongInstallation extends Error {
  readonly code = "wrong-installation";
  constructor(found: "production" | "demo", asked: "production" | "demo") {
    super(
      asked === "demo"
        ? "This database holds real people; the demo never runs on it. Give the demo a folder of its own in UBADA_DATA."
        : `This database is a ${found}; real people's data does not belong in it. Set UBADA_DATA to another folder.`,
    );
  }
}

/** Marks a new database as what it is for ever, and refuses to run as anything else. Runs as the owner. */
export async function requireInstallation(
  owner: Kysely<Database>,
  kind: "production" | "demo",
  now: Temporal.Instant,
): Promise<void> {
  await owner
    .insertInto("publishing.installation")
    .values({ kind, created_at: now })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const found = await owner.selectFrom("publishing.installation").select("kind").executeTakeFirstOrThrow();
  if (found.kind !== kind) throw new WrongInstallation(found.kind, kind);
}
