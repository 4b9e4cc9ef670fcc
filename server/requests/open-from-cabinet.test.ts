import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { createTestContext, type TestContext } from "../../test-kit/context.ts";
import { enrol, newAddress } from "../../test-kit/correspondence.ts";
import type { Context } from "../context.ts";
import { openFromCabinet } from "./open-from-cabinet.ts";
import { findRequest, listRequests } from "./register.ts";

let scene: TestContext;
let ctx: Context;
before(async () => {
  scene = await createTestContext({ mailer: { send: async () => ({ kind: "sent" }) } });
  ctx = scene.ctx;
});
after(() => scene[Symbol.asyncDispose]());

for (const [kind, event] of [["stop", "17.2"], ["destruction", "17.3"]] as const) {
  test(`a demand for ${kind} from the cabinet takes effect at once, as the event ${event}`, async () => {
    const subject = await enrol(ctx, newAddress());
    const opened = await openFromCabinet(ctx, { subject, kind, language: "ky" });
    assert.ok(opened.kind === "opened");
    assert.equal(opened.dueOn.toString(), "2026-12-23");
    const request = await findRequest(ctx, opened.number);
    assert.deepEqual(
      [request?.kind, request?.channel, request?.language, request?.state, request?.letters],
      [kind, "cabinet", "ky", "erasing", 0],
    );
    const plan = await ctx.db
      .selectFrom("erasure.plan")
      .select("event")
      .where("subject_id", "=", subject)
      .executeTakeFirst();
    assert.equal(plan?.event, event);
    await scene.runJobs();
    assert.equal((await findRequest(ctx, opened.number))?.outcome, "destroyed");
  });
}

test("demanding the same twice, also at the same moment, opens one request", async () => {
  const subject = await enrol(ctx, newAddress());
  const demand = { subject, kind: "destruction", language: "ru" } as const;
  const both = await Promise.all([openFromCabinet(ctx, demand), openFromCabinet(ctx, demand)]);
  assert.deepEqual(both.map(({ kind }) => kind).toSorted(), ["already", "opened"]);
  await scene.runJobs();
  assert.deepEqual(await openFromCabinet(ctx, demand), { kind: "already", number: undefined });
});

test("the register shows the open requests first", async () => {
  const subject = await enrol(ctx, newAddress());
  await openFromCabinet(ctx, { subject, kind: "stop", language: "ru" });
  const states = (await listRequests(ctx)).map(({ state }) => state);
  assert.equal(states[0], "erasing");
  assert.ok(states.slice(1).every((state) => state === "closed"));
  await scene.runJobs();
});

test("a number that is none finds nothing", async () => {
  for (const number of ["", "0", "-1", "1e3", "9".repeat(30), "x", "999999"]) {
    assert.equal(await findRequest(ctx, number), undefined);
  }
});
