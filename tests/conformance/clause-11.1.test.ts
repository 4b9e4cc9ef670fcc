import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { findClause } from "../../policy/language/policy-text.ts";
import { doctor } from "../../server/cli/doctor.ts";
import { policy, policyDirectory } from "../../server/config/policy.ts";
import { readConfig } from "../../server/config/read-config.ts";
import { loadPolicy } from "../../server/publishing/load-policy.ts";

const folder = mkdtempSync(join(tmpdir(), "ubada-doctor-"));
after(() => rmSync(folder, { recursive: true }));

test("11.1: the policy names the one country where databases may stand, as its text does", () => {
  const texts = loadPolicy(policy, policyDirectory);
  assert.equal(policy.storageCountry, "KG");
  assert.match(
    findClause(texts.ru.text, "11.1")?.paragraphs[0]?.text ?? "",
    /на территории Кыргызской Республики/,
  );
  assert.match(
    findClause(texts.ky.text, "11.1")?.paragraphs[0]?.text ?? "",
    /Кыргыз Республикасынын аймагындагы/,
  );
});

test("11.1: data lies on the operator's own machine unless they name a database elsewhere themselves", () => {
  const config = readConfig({ UBADA_DATA: folder }, "production");
  assert.deepEqual([config.databaseUrl, config.dataDirectory], [undefined, folder]);
});

test("11.1: the doctor never calls the place of storage good: it asks the operator, who alone knows it", async () => {
  process.env["UBADA_DATA"] = folder;
  const lines: string[] = [];
  const code = await doctor.run(["--json"], { out: (line) => lines.push(line) });
  const findings = JSON.parse(lines.join("\n")) as { level: string; sentence: string }[];
  const asked = findings.filter(({ sentence }) => /\b11\.1\b/.test(sentence));
  assert.deepEqual(
    asked.map(({ level }) => level),
    ["warning"],
  );
  assert.match(asked[0]?.sentence ?? "", /\bKG\b/);
  assert.equal(code, 0, "what only has to be known is no failure");
});
