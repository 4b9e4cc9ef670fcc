import type { Kysely } from "kysely";
import type { Database } from "../database/schema-types.ts";
import type { Finding } from "./finding.ts";

/** What is late or waits: requests and erasures past their date, and letters that nobody has got. */
export async function checkPromises(db: Kysely<Database>, today: Temporal.PlainDate): Promise<readonly Finding[]> {
  const requests = await db
    .selectFrom("requests.request")
    .select(({ fn }) => fn.countAll<string>().as("count"))
    .where("state", "<>", "closed")
    .where("due_on", "<", today)
    .executeTakeFirstOrThrow();
  const erasures = await db
    .selectFrom("erasure.plan")
    .select(({ fn }) => fn.countAll<string>().as("count"))
    .where("finished_at", "is", null)
    .where("due_on", "<", today)
    .executeTakeFirstOrThrow();
  const letters = await db
    .selectFrom("letters.outgoing")
    .select(({ fn }) => fn.countAll<string>().as("count"))
    .where("state", "=", "waiting")
    .executeTakeFirstOrThrow();
  return [
    late(Number(requests.count), "requests are past their due date; see Requests in the console."),
    late(Number(erasures.count), "erasures are past their due date; see Requests in the console."),
    Number(letters.count) === 0
      ? { level: "good", sentence: "No letter waits." }
      : { level: "warning", sentence: `${letters.count} letters wait to leave; see Letters in the console.` },
  ];
}

function late(count: number, sentence: string): Finding {
  return count === 0
    ? { level: "good", sentence: `0 ${sentence.split(";")[0]}.` }
    : { level: "bad", sentence: `${count} ${sentence}` };
}
