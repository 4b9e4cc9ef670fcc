import { createTestContext, type Reopen } from "../test-kit/context.ts";
import { runErasure } from "../server/erasure/run-erasure.ts";

/**
 * Started by the crash test in a process of its own: goes on with an erasure and kills itself, as `kill -9` would,
 * at the named moment. Arguments: the data to open as JSON, the subject, the moment ("before key").
 */
const [reopen, subject, moment] = process.argv.slice(2);
if (reopen === undefined || subject === undefined) throw new Error("arguments: data, subject, moment");
await using scene = await createTestContext({ reopen: JSON.parse(reopen) as Reopen });
await runErasure(scene.ctx, { subject }, (when, target) => {
  if (`${when} ${target}` === moment) process.kill(process.pid, "SIGKILL");
});
