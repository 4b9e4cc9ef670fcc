import type { Context } from "../context.ts";

/** That a letter exists, and what became of it; its words stay sealed. */
export type MyLetter =
  | { readonly way: "from-me"; readonly at: Temporal.Instant }
  | {
      readonly way: "to-me";
      readonly at: Temporal.Instant;
      /** Such as `enquiry-received` or `sign-in-code`. */
      readonly kind: string;
      readonly state: "waiting" | "sent" | "handed-over" | "failed";
    };

/** The letters between the person and the company, the newest first. */
export async function readMyLetters(ctx: Context, subject: string): Promise<readonly MyLetter[]> {
  const [incoming, outgoing] = await Promise.all([
    ctx.db.selectFrom("letters.incoming").select("received_at").where("subject_id", "=", subject).execute(),
    ctx.db
      .selectFrom("letters.outgoing")
      .select(["kind", "state", "created_at"])
      .where("subject_id", "=", subject)
      .execute(),
  ]);
  const letters: MyLetter[] = [
    ...incoming.map((row) => ({ way: "from-me" as const, at: row.received_at })),
    ...outgoing.map((row) => ({ way: "to-me" as const, at: row.created_at, kind: row.kind, state: row.state })),
  ];
  return letters.sort((a, b) => Temporal.Instant.compare(b.at, a.at));
}
