/** A name from a list, inside a sentence: «Фамилия» becomes «фамилия». */
export function lowerFirst(words: string): string {
  return words.charAt(0).toLowerCase() + words.slice(1);
}
