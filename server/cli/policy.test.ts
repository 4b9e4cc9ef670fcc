import assert from "node:assert/strict";
import { test } from "node:test";
import { policy as appPolicy } from "../config/policy.ts";
import { CommandError } from "./command.ts";
import { policy } from "./policy.ts";

async function run(...args: string[]): Promise<{ code: number; lines: string[] }> {
  const lines: string[] = [];
  const code = await policy.run(args, { out: (line) => lines.push(line) });
  return { code, lines };
}

interface ClauseLine {
  readonly clause: string;
  readonly status: string;
  readonly by: readonly string[];
  readonly tests: readonly string[];
  readonly note: string;
}

async function runJson(): Promise<readonly ClauseLine[]> {
  const { lines } = await run("clauses", "--json");
  return JSON.parse(lines.join("\n")) as ClauseLine[];
}

test("the clauses come in the order of the text, each with its status, what keeps it and what shows it", async () => {
  const { code, lines } = await run("clauses");
  assert.equal(code, 0);
  const first = lines.findIndex((line) => /^1 +partly +\S/.test(line));
  assert.equal(first, 0);
  assert.ok(lines.includes("         by    server/enquiries/submit-enquiry.ts"));
  assert.ok(lines.includes("         test  tests/conformance/clause-1.test.ts"));
  const order = lines.flatMap((line) => /^(\d[\d.]*) /.exec(line)?.[1] ?? []);
  const place = (clause: string) => order.indexOf(clause);
  assert.ok(place("8.2") < place("8.10") && place("8.10") < place("9") && place("11.6.1") < place("11.7"));
});

test("the last line counts the clauses by their status", async () => {
  const { lines } = await run("clauses");
  const kinds = Object.values(appPolicy.clauses).map(({ kind }) => kind);
  const counts = ["enforced", "partly", "open", "informational"].map(
    (status) => `${kinds.filter((kind) => kind === status).length} ${status}`,
  );
  assert.equal(lines.at(-1), `${kinds.length} clauses: ${counts.join(", ")}`);
});

test("a clause that is not kept says what is missing; one that only informs says why nothing is to be kept", async () => {
  const clauses = await runJson();
  assert.equal(clauses.length, Object.keys(appPolicy.clauses).length);
  for (const { clause, status, by, tests, note } of clauses) {
    assert.equal(note !== "", status !== "enforced", clause);
    assert.equal(by.length > 0, status === "enforced" || status === "partly", clause);
    assert.equal(tests.length > 0, status === "enforced" || status === "partly", clause);
  }
  const open = clauses.find(({ clause }) => clause === "11.7");
  assert.deepEqual([open?.status, open?.by, open?.tests], ["open", [], []]);
});

test("called without saying what to do, with a word it does not know or an unknown option, it says what to do", async () => {
  for (const args of [[], ["parity"], ["clauses", "twice"], ["clauses", "--loud"]]) {
    await assert.rejects(run(...args), (error) => {
      assert.ok(error instanceof CommandError);
      assert.equal(error.exitCode, 2);
      assert.match(error.message, /ubada policy (clauses|--help)$/);
      assert.ok(!error.message.includes("\n"));
      return true;
    });
  }
});
