import type { ClauseId, ParagraphId } from "./clause-id.ts";
import type { PolicyText } from "./policy-text.ts";

/** Where two languages of one policy are not built alike; `a` and `b` are the texts as passed. */
export type StructureDifference =
  | { readonly kind: "clause-missing"; readonly clause: ClauseId; readonly missingIn: "a" | "b" }
  | { readonly kind: "paragraphs-differ"; readonly clause: ClauseId; readonly a: number; readonly b: number }
  | { readonly kind: "order-differs"; readonly a: ParagraphId; readonly b: ParagraphId }
  | { readonly kind: "closing-differs"; readonly a: number; readonly b: number };

/**
 * Compares the clauses, the number of their paragraphs, the order of both and the number of closing lines.
 * No difference means that an address such as `16-2` leads to the same place in both languages.
 */
export function sameStructure(a: PolicyText, b: PolicyText): readonly StructureDifference[] {
  const inB = paragraphCounts(b);
  const inA = paragraphCounts(a);
  const differences: StructureDifference[] = [];
  for (const [clause, count] of inA) {
    const other = inB.get(clause);
    if (other === undefined) differences.push({ kind: "clause-missing", clause, missingIn: "b" });
    else if (other !== count) differences.push({ kind: "paragraphs-differ", clause, a: count, b: other });
  }
  for (const clause of inB.keys()) {
    if (!inA.has(clause)) differences.push({ kind: "clause-missing", clause, missingIn: "a" });
  }
  if (differences.length === 0) differences.push(...orderDifference(a, b));
  if (a.closing.length !== b.closing.length) {
    differences.push({ kind: "closing-differs", a: a.closing.length, b: b.closing.length });
  }
  return differences;
}

function paragraphCounts(text: PolicyText): ReadonlyMap<ClauseId, number> {
  return new Map(text.clauses.map((clause) => [clause.id, clause.paragraphs.length]));
}

/** The first place where the texts go on to different paragraphs; later ones only follow from it. */
function orderDifference(a: PolicyText, b: PolicyText): readonly StructureDifference[] {
  for (const [index, block] of a.blocks.entries()) {
    const other = b.blocks[index];
    if (other && other.paragraph !== block.paragraph) {
      return [{ kind: "order-differs", a: block.paragraph, b: other.paragraph }];
    }
  }
  return [];
}
