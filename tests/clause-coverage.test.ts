import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import type { ClauseCoverage } from "../policy/language/policy.ts";
import { policy as command } from "../server/cli/policy.ts";
import { policy, policyDirectory } from "../server/config/policy.ts";
import { loadPolicy } from "../server/publishing/load-policy.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const clauses: Readonly<Record<string, ClauseCoverage>> = policy.clauses;
const claimed = Object.entries(clauses).flatMap(([clause, coverage]) =>
  coverage.kind === "enforced" || coverage.kind === "partly" ? [{ clause, ...coverage }] : [],
);
const text = loadPolicy(policy, policyDirectory).ru.text;

test("every clause of the text, and no other, says how it is kept", () => {
  const inText = text.clauses.map(({ id }) => String(id));
  assert.deepEqual(Object.keys(clauses).toSorted(), inText.toSorted());
  assert.ok(inText.length > 50, `${inText.length} clauses`);
});

test("every clause that is said to be kept names what keeps it and what shows it, and those files exist", () => {
  for (const { clause, by, tests } of claimed) {
    assert.ok(by.length > 0 && tests.length > 0, clause);
    for (const file of [...by, ...tests]) assert.ok(existsSync(`${root}/${file}`), `${clause} names ${file}`);
    for (const file of by) assert.doesNotMatch(file, /\.test\.tsx?$/, `${clause}: a test keeps no promise`);
  }
});

test("every test file that is named has tests, and none of them is put off", () => {
  for (const file of new Set(claimed.flatMap(({ tests }) => tests))) {
    const source = readFileSync(`${root}/${file}`, "utf8");
    assert.match(file, /^tests\/.*\.test\.tsx?$/);
    assert.match(source, /^\s*test\(/m, `${file} tests nothing`);
    assert.doesNotMatch(source, /\btest\.(skip|todo|only)\b|\b(skip|todo|only): /, `${file} puts a test off`);
  }
});

test("a test that shows a clause names it: its sentence begins with the clause's number", () => {
  const conformance = claimed.flatMap(({ clause, tests }) =>
    tests.filter((file) => file.startsWith("tests/conformance/")).map((file) => ({ clause, file })),
  );
  assert.ok(conformance.length > 30);
  for (const { clause, file } of conformance) {
    const source = readFileSync(`${root}/${file}`, "utf8");
    const titles = [...source.matchAll(/(?:^\s*test\(\s*|^\s*)["`](\d+(?:\.\d+)*)(?=[:,–])/gm)].map(
      ([, number]) => number,
    );
    // Where one sentence is said of many clauses, the list of them stands before it.
    const listed = source.match(/for \(const (?:purpose|\[name).*$/gm) ?? [];
    const inList = listed.some((line) => line.includes("purposeIds") || line.includes(`"${clause}"`));
    assert.ok(
      titles.includes(clause) || (clause.startsWith("8.") && inList),
      `${file} has no test of clause ${clause}`,
    );
  }
});

test("no conformance test stands beside the list: each file is claimed by the clause in its name or one within it", () => {
  const named = new Set(claimed.flatMap(({ tests }) => tests));
  for (const file of named) {
    const [, number] = /^tests\/conformance\/clause-([\d.]+)\.test\.ts$/.exec(file) ?? [];
    if (number === undefined) continue;
    const claimers = claimed.filter(({ tests }) => tests.includes(file)).map(({ clause }) => clause);
    assert.ok(
      claimers.some((clause) => clause === number || clause.startsWith(`${number}.`)),
      `${file}: ${claimers.join(", ")}`,
    );
  }
});

test("`ubada policy clauses` prints every clause of the text with its files, and counts them", async () => {
  const lines: string[] = [];
  assert.equal(await command.run(["clauses"], { out: (line) => lines.push(line) }), 0);
  const printed = lines.flatMap(
    (line) => /^(\d[\d.]*)\s+(enforced|partly|open|informational)\b/.exec(line)?.[1] ?? [],
  );
  assert.deepEqual(printed.toSorted(), text.clauses.map(({ id }) => String(id)).toSorted());
  for (const { by, tests } of claimed) {
    for (const file of [...by, ...tests])
      assert.ok(
        lines.some((line) => line.endsWith(` ${file}`)),
        file,
      );
  }
  assert.match(lines.at(-1) ?? "", new RegExp(`^${text.clauses.length} clauses: `));
});
