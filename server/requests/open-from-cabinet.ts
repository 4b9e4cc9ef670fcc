import type { Context } from "../context.ts";
import { acceptStop } from "../vault/accept-stop.ts";
import type { Language } from "../language/language.ts";
import { openRequest } from "./open-request.ts";
import { stopEventOf } from "./stop-event.ts";

/** `opened`: from now on nothing may be done with the data but destroy it. `already`: that had been so before. */
export type OpenedFromCabinet =
  | { readonly kind: "opened"; readonly number: string; readonly dueOn: Temporal.PlainDate }
  | { readonly kind: "already"; readonly number: string | undefined };

/**
 * A person who is signed in demands that processing stop or that the data be destroyed (11.6.1, 17.2, 17.3). Signing
 * in has proved the address, so nothing is left to confirm. One transaction.
 */
export async function openFromCabinet(
  ctx: Context,
  demand: { readonly subject: string; readonly kind: "stop" | "destruction"; readonly language: Language },
): Promise<OpenedFromCabinet> {
  const { subject, kind, language } = demand;
  return ctx.db.transaction().execute(async (tx) => {
    const { state } = await tx
      .selectFrom("vault.subject")
      .select("state")
      .where("subject_id", "=", subject)
      .forUpdate()
      .executeTakeFirstOrThrow();
    const running = await tx
      .selectFrom("requests.request")
      .select("number")
      .where("subject_id", "=", subject)
      .where("state", "=", "erasing")
      .executeTakeFirst();
    if (running || state === "erased") return { kind: "already", number: running?.number };
    const opening = { subject, kind, channel: "cabinet", language, state: "erasing", confirmedAt: ctx.now() } as const;
    const { requestId, number, dueOn } = await openRequest(ctx, tx, opening);
    const event = stopEventOf(kind);
    await acceptStop(ctx, tx, { subject, event, request: requestId, actor: { kind: "subject" } });
    return { kind: "opened", number, dueOn };
  });
}
