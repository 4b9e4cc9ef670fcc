import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { PolicyLanguage } from "../../policy/language/localized.ts";
import type { Policy } from "../../policy/language/policy.ts";
import { parsePolicyText, type PolicyText } from "../../policy/language/policy-text.ts";
import { checkPolicy, PolicyError } from "../../policy/review/check-policy.ts";

/** One language of the policy as published: its source, its clauses, and the hash that consents are bound to. */
export interface LoadedText {
  readonly source: string;
  readonly text: PolicyText;
  /** SHA-256 of the source, 32 bytes. */
  readonly hash: Buffer;
}

export type LoadedTexts = Readonly<Record<PolicyLanguage, LoadedText>>;

/** Reads the policy's texts and checks them against the value. Throws `PolicyTextError` or `PolicyError`. */
export function loadPolicy(policy: Policy, directory: URL): LoadedTexts {
  const texts = {
    ru: loadText(directory, "ru"),
    ky: loadText(directory, "ky"),
    en: loadText(directory, "en"),
  };
  const findings = checkPolicy(policy, { ru: texts.ru.text, ky: texts.ky.text, en: texts.en.text });
  if (findings.length > 0) throw new PolicyError(findings);
  return texts;
}

function loadText(directory: URL, language: PolicyLanguage): LoadedText {
  const name = `text.${language}.md`;
  const source = readFileSync(fileURLToPath(new URL(name, directory)), "utf8");
  return { source, text: parsePolicyText(source, name), hash: createHash("sha256").update(source).digest() };
}
