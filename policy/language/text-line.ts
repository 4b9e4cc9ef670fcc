/** What one line of a policy's text says. `number` is kept as written, with its dot or without. */
export type TextLine =
  | { readonly kind: "title"; readonly text: string }
  | { readonly kind: "clause"; readonly number: string; readonly text: string }
  | { readonly kind: "marked"; readonly clause: string; readonly text: string }
  | { readonly kind: "plain"; readonly text: string }
  | { readonly kind: "rule" }
  | { readonly kind: "unknown"; readonly mark: string };

const clauseLine = /^(\d+(?:\.\d+)+\.?|\d+\.)(?:\s+(.*))?$/su;
const markedLine = /^\[(\d+(?:\.\d+)*)\](?:\s+(.*))?$/su;
const titleLine = /^#\s+(.*)$/su;
/** Signs that markdown, or a hurried hand, gives a meaning which the text does not have. */
const unknownMark = /^(?:[#<>*+|`~=_\\[]+|-+(?=\s|$)|--+|\d[^\s]*)/u;

/**
 * Reads one line, already trimmed and not empty. Inside a line every character is text: no markdown is
 * interpreted, so that what is hashed, shown and agreed to is one and the same.
 */
export function readTextLine(line: string): TextLine {
  if (line === "---") return { kind: "rule" };
  const clause = clauseLine.exec(line);
  if (clause) return { kind: "clause", number: clause[1] ?? "", text: clause[2] ?? "" };
  const marked = markedLine.exec(line);
  if (marked) return { kind: "marked", clause: marked[1] ?? "", text: marked[2] ?? "" };
  const title = titleLine.exec(line);
  if (title) return { kind: "title", text: title[1] ?? "" };
  const unknown = unknownMark.exec(line);
  if (unknown) return { kind: "unknown", mark: unknown[0] };
  return { kind: "plain", text: line };
}
