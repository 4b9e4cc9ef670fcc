import assert from "node:assert/strict";
import { test } from "node:test";
import { createTestContext, type TestContext } from "../../test-kit/context.ts";
import { languages } from "../language/language.ts";
import { countOpenEnquiries } from "../enquiries/list-enquiries.ts";
import { listRequests } from "../requests/register.ts";
import { fillDemo } from "./fill-demo.ts";
import { demoLetters, demoPeople } from "./people.ts";

const createDemo = () => createTestContext({ kind: "demo" });

async function countEntries({ ctx }: TestContext): Promise<number> {
  const entries = await ctx.db
    .selectFrom("journal.entry")
    .select("entry_id")
    .where("operation", "=", "collection")
    .execute();
  return entries.length;
}

test("a demo is filled by what real people do: forms with consents, letters with requests, and the journal of both", async () => {
  await using kit = await createDemo();
  await fillDemo(kit.ctx);
  await kit.runJobs();
  assert.equal(await countOpenEnquiries(kit.ctx), demoPeople.length);
  const acts = await kit.ctx.db.selectFrom("consent.act").select(["given", "language"]).execute();
  assert.deepEqual(new Set(acts.map(({ language }) => language)), new Set(languages));
  const given = acts.map((act) => act.given.slice(1).toSorted().join());
  assert.deepEqual(given.toSorted(), demoPeople.map(({ ticked }) => ticked.toSorted().join()).toSorted());
  assert.equal(await countEntries(kit), demoPeople.length + demoLetters.length);
});

test("its letters open each kind of request, in both languages of the policy, with their due dates", async () => {
  await using kit = await createDemo();
  await fillDemo(kit.ctx);
  const requests = await listRequests(kit.ctx);
  assert.deepEqual(requests.map(({ kind, language, state }) => `${kind} ${language} ${state}`).toSorted(), [
    "question ru staff",
    "rectification ru staff",
    "stop ky unconfirmed",
    "stop ru unconfirmed",
  ]);
  for (const { dueOn } of requests)
    assert.equal(Temporal.PlainDate.compare(dueOn, Temporal.PlainDate.from("2026-11-23")), 1);
});

test("a demo that is started again is not filled again", async () => {
  await using kit = await createDemo();
  await fillDemo(kit.ctx);
  const before = [await countOpenEnquiries(kit.ctx), await countEntries(kit)];
  await fillDemo(kit.ctx);
  assert.deepEqual([await countOpenEnquiries(kit.ctx), await countEntries(kit)], before);
});

test("an installation for real people is never filled with invented ones", async () => {
  await using kit = await createTestContext({ kind: "production" });
  await assert.rejects(fillDemo(kit.ctx), { code: "demo-not-filled" });
  assert.deepEqual(await kit.ctx.db.selectFrom("vault.subject").select("subject_id").execute(), []);
});

test("the demo refuses a database that was made for real people, and real people's server refuses a demo's", async () => {
  for (const [made, asked] of [
    ["production", "demo"],
    ["demo", "production"],
  ] as const) {
    await using kit = await createTestContext({ kind: made });
    const reopened = createTestContext({ kind: asked, reopen: kit.reopen });
    await assert.rejects(reopened, { code: "wrong-installation", message: /UBADA_DATA/ });
  }
});

test("everybody in the demo is invented, and nobody could get its letters", () => {
  for (const { email } of demoPeople) assert.match(email ?? "nobody@example.org", /@example\.org$/);
  for (const { from } of demoLetters) assert.match(from, /@example\.org$/);
  // The numbers of 0555 000 100 to 199 stand for nobody here.
  for (const { phone } of demoPeople) assert.match(phone.replaceAll(" ", ""), /^(\+996|0)5550001\d\d$/);
});
