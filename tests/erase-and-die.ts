import { runErasure } from "../server/erasure/run-erasure.ts";
import { deliverLetter } from "../server/letters/deliver-letter.ts";
import { createSmtpMailer } from "../server/letters/smtp-mailer.ts";
import { createTestContext, type Reopen } from "../test-kit/context.ts";

/**
 * Started by the crash test in a process of its own: goes on with an erasure and kills itself, as `kill -9` would,
 * at the named moment. Arguments: the data to open as JSON, the mail server, the subject, the moment ("before key").
 */
const [reopen, smtpUrl, subject, moment] = process.argv.slice(2);
if (reopen === undefined || smtpUrl === undefined || subject === undefined) throw new Error("arguments are missing");
const mailer = createSmtpMailer({ url: smtpUrl, from: "school@example.kg", fromName: "Школа" });
await using scene = await createTestContext({ reopen: JSON.parse(reopen) as Reopen, mailer });

const dieThere = (when: string, target: string) => {
  if (`${when} ${target}` === moment) process.kill(process.pid, "SIGKILL");
};
while ((await runErasure(scene.ctx, { subject }, dieThere)).kind === "waits") {
  const waiting = await scene.ctx.db
    .selectFrom("letters.outgoing")
    .select("letter_id")
    .where("subject_id", "=", subject)
    .where("state", "=", "waiting")
    .execute();
  for (const { letter_id: letter } of waiting) await deliverLetter(scene.ctx, { subject, letter });
}
