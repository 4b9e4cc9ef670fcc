const lineBreaks = new Set(["br", "p", "/p", "div", "/div", "tr", "/tr", "li", "h1", "h2", "h3", "blockquote"]);
const unseen = new Set(["style", "script", "head", "title"]);
const entities: Readonly<Record<string, string>> = {
  nbsp: " ",
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  laquo: "«",
  raquo: "»",
};

/** The words of a letter that came as HTML only, for reading and sorting; one pass, whatever the HTML is. */
export function textOfHtml(html: string): string {
  const [first = "", ...pieces] = html.split("<");
  let text = decode(first);
  let hiddenBy: string | undefined;
  for (const piece of pieces) {
    const end = piece.indexOf(">");
    const tag = (end === -1 ? piece : piece.slice(0, end)).trim().split(/\s/u, 1)[0]?.toLowerCase() ?? "";
    const name = tag.replace(/\/$/u, "");
    if (hiddenBy !== undefined) {
      if (name === `/${hiddenBy}`) hiddenBy = undefined;
      else continue;
    } else if (unseen.has(name)) {
      hiddenBy = name;
      continue;
    }
    if (lineBreaks.has(name)) text += "\n";
    if (end !== -1) text += decode(piece.slice(end + 1));
  }
  return text.replaceAll(/[ \t]{2,}/gu, " ").trim();
}

function decode(text: string): string {
  return text.replaceAll(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,8}));/giu, (whole, decimal, hex, name) => {
    const code = decimal === undefined ? (hex === undefined ? undefined : Number.parseInt(hex, 16)) : Number(decimal);
    if (code !== undefined) return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    return entities[String(name).toLowerCase()] ?? whole;
  });
}
