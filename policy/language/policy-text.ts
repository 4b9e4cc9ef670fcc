import type { ClauseDepth, ClauseId, ParagraphId } from "./clause-id.ts";
import { depthOf, isClauseId, isWithin, nextNumbers } from "./clause-id.ts";
import { PolicyTextError, type PolicyTextErrorCode } from "./policy-text-error.ts";
import { readTextLine } from "./text-line.ts";

/** The words of a policy in one language, every clause and paragraph addressable. */
export interface PolicyText {
  readonly title: string;
  readonly clauses: readonly TextClause[];
  /** The same paragraphs in the order of the document: 17-2 comes after 17.4. */
  readonly blocks: readonly TextBlock[];
  /** Who the company is, line by line. */
  readonly closing: readonly string[];
}

export interface TextClause {
  readonly id: ClauseId;
  readonly depth: ClauseDepth;
  /** The clause's own paragraphs, those after its sub-clauses included; never empty. */
  readonly paragraphs: readonly TextParagraph[];
}

export interface TextParagraph {
  readonly id: ParagraphId;
  readonly text: string;
}

export interface TextBlock {
  readonly clause: ClauseId;
  readonly paragraph: ParagraphId;
  readonly depth: ClauseDepth;
  /** The number as printed ("8.2.", or "8.10" where its dot is missing); null below the first paragraph. */
  readonly number: string | null;
  readonly text: string;
}

interface Line {
  readonly at: number;
  readonly text: string;
  /** Whether it stands directly under another line, with no blank one between. */
  readonly joined: boolean;
}

type Fail = (code: PolicyTextErrorCode, at: number, sentence: string) => never;
/** The same for the line at hand. */
type Refuse = (code: PolicyTextErrorCode, sentence: string) => never;

/**
 * Reads a policy's text as a lawyer edits it:
 *
 *     <!-- remarks, before the title only -->
 *     # Title
 *
 *     8. A clause: its number, then its first paragraph on one line; a blank line follows.
 *
 *     A line without a number is a further paragraph of the clause above it (8-2).
 *
 *     8.1. A sub-clause.
 *
 *     [8] A paragraph of clause 8 that stands after its sub-clauses (8-3). The mark is not part of the text.
 *     It also shields a paragraph that begins like a mark or a number: "[8.1] 30 days …".
 *
 *     ---
 *     The details of the company, line by line.
 *
 * The clauses must be numbered without a gap or a repetition. `where` is the file's name, for messages.
 * Throws PolicyTextError.
 */
export function parsePolicyText(source: string, where: string): PolicyText {
  const fail: Fail = (code, at, sentence) => {
    throw new PolicyTextError(code, where, at, sentence);
  };
  const [first, ...rest] = readLines(source, fail);
  const title = first && readTextLine(first.text);
  if (!first || title?.kind !== "title") {
    return fail("title-missing", first?.at ?? 1, `begin the text with its title, as "# Title".`);
  }
  const rule = rest.findIndex((line) => line.text === "---");
  const body = rule === -1 ? rest : rest.slice(0, rule);
  const closing = rule === -1 ? [] : rest.slice(rule + 1);
  const blocks = readBlocks(body, fail);
  if (blocks.length === 0) fail("no-clauses", first.at, `write the first clause under the title, as "1. …".`);
  return { title: title.text, clauses: groupByClause(blocks), blocks, closing: readClosing(closing, fail) };
}

/** The clause with this number, or undefined where the text has none. */
export function findClause(text: PolicyText, id: string): TextClause | undefined {
  return text.clauses.find((clause) => clause.id === id);
}

function readLines(source: string, fail: Fail): Line[] {
  const lines = source.split(/\r\n|\n|\r/).map((line) => line.trim());
  const lost = lines.findIndex((line) => line.includes("\uFFFD"));
  if (lost !== -1) fail("encoding", lost + 1, "some letters were lost here; save the file as UTF-8.");
  const start = afterComment(lines, fail);
  return lines
    .map((text, index) => ({ at: index + 1, text, joined: index > start && lines[index - 1] !== "" }))
    .filter(({ at, text }) => at > start && text !== "");
}

/** The index of the first line below the opening remarks. */
function afterComment(lines: readonly string[], fail: Fail): number {
  const opening = lines.findIndex((line) => line !== "");
  if (!lines[opening]?.startsWith("<!--")) return 0;
  const end = lines.findIndex((line, index) => index >= opening && line.endsWith("-->"));
  if (end === -1) fail("comment-unclosed", opening + 1, `close the remarks with "-->" at the end of a line.`);
  return end + 1;
}

function readBlocks(lines: readonly Line[], fail: Fail): TextBlock[] {
  const blocks: TextBlock[] = [];
  const headLines = new Map<ClauseId, number>();
  const counts = new Map<ClauseId, number>();
  let current: ClauseId | undefined;

  const add = (clause: ClauseId, number: string | null, text: string): void => {
    const count = (counts.get(clause) ?? 0) + 1;
    counts.set(clause, count);
    blocks.push({ clause, paragraph: `${clause}-${count}`, depth: depthOf(clause), number, text });
  };

  for (const { at, text, joined } of lines) {
    const refuse: Refuse = (code, sentence) => fail(code, at, sentence);
    if (joined) refuse("paragraph-broken", "write each paragraph on one line, and a blank line between two.");
    const line = readTextLine(text);
    if (line.kind === "clause") {
      current = checkNumber(line.number.replace(/\.$/, ""), current, headLines, refuse);
      if (line.text === "") refuse("clause-empty", `clause ${current} has no words; write them after it.`);
      headLines.set(current, at);
      add(current, line.number, line.text);
    } else if (current === undefined) {
      refuse("text-before-first-clause", 'no clause stands above this; begin with one, as "1. …".');
    } else if (line.kind === "plain") {
      add(current, null, line.text);
    } else if (line.kind === "marked") {
      if (line.text === "") refuse("paragraph-empty", `[${line.clause}] has no words after it; write them.`);
      add(checkMark(line.clause, current, refuse), null, line.text);
    } else {
      const mark = line.kind === "unknown" ? line.mark : line.kind === "title" ? "#" : "---";
      const advice = `remove it, or write [${current}] before it if it is text`;
      refuse("unknown-mark", `"${mark}" has no meaning at the beginning of a line; ${advice}.`);
    }
  }
  return blocks;
}

function checkNumber(
  number: string,
  last: ClauseId | undefined,
  headLines: ReadonlyMap<string, number>,
  refuse: Refuse,
): ClauseId {
  const earlier = headLines.get(number);
  if (earlier !== undefined) {
    refuse("clause-number-repeated", `clause ${number} stands in line ${earlier} already; renumber one.`);
  }
  const depth = number.split(".").length;
  if (depth > 3) refuse("clause-too-deep", `clause ${number} lies ${depth} levels deep; use at most three.`);
  const expected = nextNumbers(last);
  if (isClauseId(number) && expected.includes(number)) return number;
  const place = last === undefined ? "at the beginning" : `after ${last}`;
  const advice = last === undefined ? "" : `; if it is not a clause, write [${last}] before it`;
  return refuse(
    "clause-number-gap",
    `${number} stands ${place}, where ${expected.join(" or ")} would follow${advice}.`,
  );
}

function checkMark(clause: string, current: ClauseId, refuse: Refuse): ClauseId {
  if (isClauseId(clause) && isWithin(current, clause)) return clause;
  const advice = `name ${current} or a clause that contains it`;
  return refuse("paragraph-out-of-place", `[${clause}] stands under clause ${current}; ${advice}.`);
}

/** Addresses may begin with a digit, so only the marks and markdown's own signs are refused here. */
function readClosing(lines: readonly Line[], fail: Fail): string[] {
  return lines.map(({ at, text }) => {
    const { kind } = readTextLine(text);
    if (kind === "plain" || kind === "clause" || /^\d/.test(text)) return text;
    return fail("unknown-mark", at, "the closing lines carry no marks; write the words alone.");
  });
}

function groupByClause(blocks: readonly TextBlock[]): TextClause[] {
  return blocks
    .filter((block) => block.number !== null)
    .map(({ clause, depth }) => ({
      id: clause,
      depth,
      paragraphs: blocks
        .filter((block) => block.clause === clause)
        .map((block) => ({ id: block.paragraph, text: block.text })),
    }));
}
