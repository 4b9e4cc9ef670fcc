import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { submitEnquiry } from "../server/enquiries/submit-enquiry.ts";
import { runErasure } from "../server/erasure/run-erasure.ts";
import { targets } from "../server/erasure/targets.ts";
import type { Mailer } from "../server/letters/mailer.ts";
import { openFromCabinet } from "../server/requests/open-from-cabinet.ts";
import { createTestContext, type TestContext } from "../test-kit/context.ts";

const moments = ["tell", ...targets.map((target) => target.name)]
  .flatMap((name) => [`before ${name}`, `after ${name}`])
  .concat("after finish");

for (const moment of moments) {
  test(`an erasure killed ${moment} is finished by the next start, once`, async () => {
    const sent: string[] = [];
    const mailer: Mailer = { send: async ({ line }) => (sent.push(line), { kind: "sent" }) };
    await using scene = await createTestContext({ mailer });
    const subject = await demandErasure(scene);

    const killed = await dieAt(scene, subject, moment);
    assert.equal(killed, "SIGKILL", "the process died where it was told to");

    await scene.runJobs();
    await runErasure(scene.ctx, { subject });
    assert.deepEqual(await leftBehind(scene, subject), []);
    assert.equal(await destructions(scene), 1, "the journal says once that data was destroyed");
    assert.equal(await lastLetters(sent), 1, "the person is told once");
    assert.deepEqual(await runErasure(scene.ctx, { subject }), { kind: "nothing-to-do" });
  });
}
