import { findClause, type PolicyText } from "../language/policy-text.ts";
import { operations, transfers } from "../language/operations.ts";
import type { Localized, PolicyLanguage } from "../language/localized.ts";
import type { Form, Policy } from "../language/policy.ts";

export type PolicyTexts = Readonly<Record<PolicyLanguage, PolicyText>>;

/** Something that the value says and the text, or the value itself, does not bear out. */
export interface PolicyFinding {
  readonly code:
    | "dangling-clause"
    | "clause-without-coverage"
    | "unknown-purpose"
    | "unknown-category"
    | "unknown-operation"
    | "category-beyond-purpose"
    | "subject-line-not-in-text"
    | "two-requests-with-one-subject-line"
    | "empty-words"
    | "unknown-posture";
  /** Where in the value, as a path: `forms.order.offers`. */
  readonly place: string;
  readonly sentence: string;
}

/** A policy that does not hold together; it is never published. */
export class PolicyError extends Error {
  readonly code = "policy";
  readonly findings: readonly PolicyFinding[];
  constructor(findings: readonly PolicyFinding[]) {
    super(findings.map(({ place, sentence }) => `${place}: ${sentence}`).join("\n"));
    this.findings = findings;
  }
}

/** Everything in which a policy's value and texts contradict each other or themselves; empty when they agree. */
export function checkPolicy(policy: Policy, texts: PolicyTexts): readonly PolicyFinding[] {
  return [
    ...checkClauses(policy, texts),
    ...checkGrounds(policy),
    ...checkForms(policy),
    ...checkSubjectLines(policy, texts),
    ...checkPostures(policy),
  ];
}

function* checkClauses(policy: Policy, texts: PolicyTexts): Generator<PolicyFinding> {
  const named: [string, string][] = [
    ...entries("categories", policy.categories),
    ...entries("purposes", policy.purposes),
    ...entries("duties", policy.duties),
    ...entries("forms", policy.forms),
    ...entries("requests", policy.requests),
    ...Object.keys(policy.clauses).map((clause): [string, string] => [`clauses.${clause}`, clause]),
    ...Object.keys(policy.posture).map((clause): [string, string] => [`posture.${clause}`, clause]),
  ];
  for (const language of policy.languages.binding) {
    for (const [place, clause] of named) {
      if (findClause(texts[language], clause)) continue;
      const sentence = `names clause ${clause}, which the ${language} text does not have.`;
      yield { code: "dangling-clause", place, sentence };
    }
    for (const { id } of texts[language].clauses) {
      if (Object.hasOwn(policy.clauses, id)) continue;
      const sentence = `says nothing about clause ${id} of the ${language} text; name what enforces it, or why nothing does.`;
      yield { code: "clause-without-coverage", place: "clauses", sentence };
    }
  }
}

function entries(room: string, named: Readonly<Record<string, { readonly clause: string }>>): [string, string][] {
  return Object.entries(named).map(([id, { clause }]) => [`${room}.${id}`, clause]);
}

const vocabulary: ReadonlySet<string> = new Set([...operations, ...transfers]);

function* checkGrounds(policy: Policy): Generator<PolicyFinding> {
  for (const room of ["purposes", "duties"] as const) {
    for (const [id, ground] of Object.entries(policy[room])) {
      yield* unknownCategories(policy, `${room}.${id}.categories`, ground.categories);
      for (const operation of ground.operations) {
        if (vocabulary.has(operation)) continue;
        const sentence = `lists «${operation}», which is not one of the operations of clause 1.`;
        yield { code: "unknown-operation", place: `${room}.${id}.operations`, sentence };
      }
      yield* emptyWords(`${room}.${id}.title`, ground.title);
    }
  }
}

function* unknownCategories(policy: Policy, place: string, categories: readonly string[]): Generator<PolicyFinding> {
  for (const category of categories) {
    if (Object.hasOwn(policy.categories, category)) continue;
    yield { code: "unknown-category", place, sentence: `lists «${category}», which is not a data category of the policy.` };
  }
}

function* checkForms(policy: Policy): Generator<PolicyFinding> {
  for (const [id, form] of Object.entries(policy.forms)) {
    const fields = form.fields.map((field) => field.category);
    yield* unknownCategories(policy, `forms.${id}.fields`, fields);
    for (const [place, purpose] of [
      [`forms.${id}.purpose`, form.purpose] as const,
      ...form.offers.map((offer) => [`forms.${id}.offers`, offer] as const),
    ]) {
      if (Object.hasOwn(policy.purposes, purpose)) continue;
      const sentence = `names purpose ${purpose}, which is not one of the policy's purposes.`;
      yield { code: "unknown-purpose", place, sentence };
    }
    yield* categoriesBeyondPurpose(policy, id, form);
    yield* emptyWords(`forms.${id}.button`, form.button);
    for (const offer of form.offers) {
      const purpose = policy.purposes[offer];
      if (purpose && !purpose.ask) {
        const sentence = `offers purpose ${offer}, which has no question to put beside a box (\`ask\`).`;
        yield { code: "empty-words", place: `forms.${id}.offers`, sentence };
      }
    }
  }
}

/** A form may take only what its purpose may use (10.5). */
function* categoriesBeyondPurpose(policy: Policy, id: string, form: Form): Generator<PolicyFinding> {
  const listed = policy.purposes[form.purpose]?.categories;
  for (const { category } of form.fields) {
    if (!listed || listed.includes(category) || !(category in policy.categories)) continue;
    const sentence = `takes «${category}», which its purpose ${form.purpose} does not list.`;
    yield { code: "category-beyond-purpose", place: `forms.${id}.fields`, sentence };
  }
}

function* emptyWords(place: string, words: Localized): Generator<PolicyFinding> {
  for (const [language, text] of Object.entries(words)) {
    if (text.trim() === "") yield { code: "empty-words", place: `${place}.${language}`, sentence: "is empty." };
  }
}

/** A person must be able to read in the policy the very line that the intake waits for (clause 7). */
function* checkSubjectLines(policy: Policy, texts: PolicyTexts): Generator<PolicyFinding> {
  const seen = new Map<string, string>();
  for (const [id, request] of Object.entries(policy.requests)) {
    for (const language of policy.languages.binding) {
      const line = request.subjectLines[language];
      if (line === undefined) continue;
      const place = `requests.${id}.subjectLines.${language}`;
      if (!texts[language].blocks.some((block) => block.text.includes(`«${line}»`))) {
        yield { code: "subject-line-not-in-text", place, sentence: `«${line}» does not stand in the ${language} text.` };
      }
      const other = seen.get(line.toLowerCase());
      if (other !== undefined) {
        yield { code: "two-requests-with-one-subject-line", place, sentence: `is the subject line of ${other} already.` };
      }
      seen.set(line.toLowerCase(), place);
    }
  }
}

function* checkPostures(policy: Policy): Generator<PolicyFinding> {
  for (const [clause, posture] of Object.entries(policy.posture)) {
    if (posture === "as-written" || posture === "protective") continue;
    yield { code: "unknown-posture", place: `posture.${clause}`, sentence: "is neither as-written nor protective." };
  }
}
