/** Marks of quotation in any hand: they belong to the policy's sentence, not to the subject line. */
const quotes = /[«»“”„‟"'‘’‚‛`´‹›]/gu;
/** Invisible characters that copying brings along. */
const invisible = /[\u00AD\u200B-\u200F\u2060\uFEFF]/gu;
/** What mail programs put before the line of a reply or a letter passed on: Re:, Re[2]:, Отв:, Пересл:, НА:, Fwd:. */
const prefix = /^(?:re|fwd?|отв|ответ|пересл|на|жооп)\s?(?:\[\d{1,3}\]|\(\d{1,3}\))?\s?:\s?/u;

/** Longer lines are none of the policy's, whatever they begin with. */
const longest = 500;

/**
 * One spelling for every way of writing the same subject line (7): case, quotes, reply marks, spaces, a full stop at
 * the end and ё make no difference.
 */
export function normaliseSubjectLine(line: string): string {
  let text = line
    .slice(0, longest)
    .normalize("NFKC")
    .toLowerCase()
    .replaceAll(invisible, "")
    .replaceAll(quotes, " ")
    .replaceAll(/\s+/gu, " ")
    .replaceAll("ё", "е")
    .trim();
  for (let rest = text.replace(prefix, ""); rest !== text; rest = text.replace(prefix, "")) text = rest.trim();
  return text.replace(/[. ]+$/u, "");
}
