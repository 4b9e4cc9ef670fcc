import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { parseVerifierKey } from "./signed-note.ts";
import { verifyTlogProof } from "./tlog-proof.ts";

const readme = readFileSync(new URL("README.md", import.meta.url), "utf8");

function block(language: string): string {
  return new RegExp(`\`\`\`${language}\n([^]*?)\`\`\``).exec(readme)?.[1] ?? "";
}

test("the example of the README holds", () => {
  const key = /--key (example\.org\S+)/.exec(readme)?.[1] ?? "";
  const entry = Buffer.from(block("json").trimEnd());
  const { index, checkpoint } = verifyTlogProof(block("text"), entry, parseVerifierKey(key));
  assert.ok(readme.includes(`entry ${index}, counted from 0, of the ${checkpoint.size} that «${checkpoint.origin}»`));
});
