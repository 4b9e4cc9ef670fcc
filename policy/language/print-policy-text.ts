import type { PolicyText, TextBlock } from "./policy-text.ts";
import { readTextLine } from "./text-line.ts";

/** Writes a text in the form that `parsePolicyText` reads; a file's opening remarks are not part of it. */
export function printPolicyText(text: PolicyText): string {
  const body = text.blocks.map((block, index) => printBlock(block, text.blocks.slice(0, index)));
  const closing = text.closing.length === 0 ? [] : ["---", text.closing.join("\n")];
  return `${[`# ${text.title}`, ...body, ...closing].join("\n\n")}\n`;
}

function printBlock(block: TextBlock, before: readonly TextBlock[]): string {
  if (block.number !== null) return `${block.number} ${block.text}`;
  const current = before.findLast((earlier) => earlier.number !== null)?.clause;
  const needsMark = block.clause !== current || readTextLine(block.text).kind !== "plain";
  return needsMark ? `[${block.clause}] ${block.text}` : block.text;
}
