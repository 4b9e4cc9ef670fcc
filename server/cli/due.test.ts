import assert from "node:assert/strict";
import { test } from "node:test";
import { CommandError } from "./command.ts";
import { due } from "./due.ts";

async function run(line: string): Promise<{ code: number; lines: string[] }> {
  const lines: string[] = [];
  const code = await due.run(line.split(" "), { out: (text) => lines.push(text) });
  return { code, lines };
}

test("the due date comes first, then the days passed over with their reasons", async () => {
  const { code, lines } = await run("--from 2026-04-30 --working-days 7");
  assert.equal(code, 0);
  assert.equal(lines[0], "2026-05-19 Tuesday");
  assert.deepEqual(lines.slice(3), [
    "Not counted:",
    "  2026-05-01               Labour Day",
    "  2026-05-02 – 2026-05-04  May holidays",
    "  2026-05-05               Constitution Day",
    "  2026-05-06 – 2026-05-08  May holidays",
    "  2026-05-09               Victory Day",
    "  2026-05-10               weekend",
    "  2026-05-16 – 2026-05-17  weekend",
  ]);
});

test("a day that no act confirms and a year with no calendar are warned of", async () => {
  const estimated = await run("--from 2027-03-05 --working-days 1");
  assert.ok(
    estimated.lines.some((line) => line.startsWith("Warning: 2027-03-09 (Orozo Ait) is only estimated")),
  );
  const announced = await run("--from 2026-05-26 --working-days 1");
  assert.ok(announced.lines.some((line) => line.startsWith("Warning: 2026-05-27 (Kurman Ait) is announced")));
  const unknown = await run("--from 2027-12-30 --working-days 3");
  assert.ok(unknown.lines.some((line) => line.startsWith("Warning: 2028 has no calendar")));
});

test("the whole count is printed as JSON", async () => {
  const { lines } = await run("--from 2026-02-17 --working-days 7 --calendar kg --json");
  const count = JSON.parse(lines.join("\n"));
  assert.equal(count.due, "2026-02-26");
  assert.equal(count.counted.length, 7);
  assert.deepEqual(count.notCounted, [
    { date: "2026-02-21", reason: "weekend" },
    { date: "2026-02-22", reason: "weekend" },
  ]);
  assert.deepEqual([count.uncertain, count.noCalendarFor], [[], []]);
});

test("help is printed without the other options", async () => {
  assert.deepEqual(await run("--help"), { code: 0, lines: [due.usage] });
});

const wrong: readonly [string, RegExp][] = [
  ["--working-days 7", /^Give --from .* such as 2026-04-30\.$/],
  ["--from 30.04.2026 --working-days 7", /^Give --from .*"30\.04\.2026"\.$/],
  ["--from 2026-02-30 --working-days 7", /^Give --from .*there is no day 2026-02-30\.$/],
  ["--from 2026-04-30", /^Give --working-days .*\.$/],
  ["--from 2026-04-30 --working-days 0", /^Give --working-days .*"0"\.$/],
  ["--from 2026-04-30 --working-days seven", /^Give --working-days .*"seven"\.$/],
  ["--from 2026-04-30 --working-days -7", /--help/],
  [
    "--from 2026-04-30 --working-days 7 --calendar kz",
    /^Choose --calendar from: kg; there is no calendar "kz"\.$/,
  ],
  ["--since 2026-04-30", /--help/],
  ["2026-04-30", /--help/],
];

for (const [line, sentence] of wrong) {
  test(`"due ${line}" is refused with one sentence that says what to do`, async () => {
    await assert.rejects(run(line), (error) => {
      assert.ok(error instanceof CommandError);
      assert.match(error.message, sentence);
      assert.equal(error.exitCode, 2);
      assert.ok(!error.message.includes("\n"));
      return true;
    });
  });
}
