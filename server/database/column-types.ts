import pg from "pg";

type Parse = (text: string) => unknown;

const { builtins } = pg.types;

/** pg has no names for the types of arrays. */
const arrayOf = { timestamptz: 1185, date: 1182 } as const;

const instant: Parse = (text) => Temporal.Instant.from(text);
const plainDate: Parse = (text) => Temporal.PlainDate.from(text);

const parsers = new Map<number, Parse>([
  [builtins.TIMESTAMPTZ, instant],
  [builtins.DATE, plainDate],
  [arrayOf.timestamptz, (text) => mapTexts(parseTexts(text), instant)],
  [arrayOf.date, (text) => mapTexts(parseTexts(text), plainDate)],
  // Without a zone it is no point in time: the driver would guess the machine's.
  [builtins.TIMESTAMP, (text) => Temporal.PlainDateTime.from(text)],
]);

/**
 * How a pool reads the columns of its results; everything else stays as the driver has it, for this pool
 * only.
 */
export const columnTypes: pg.CustomTypesConfig = {
  getTypeParser: (oid: number, format?: "text" | "binary"): Parse => {
    const parser = format === "binary" ? undefined : parsers.get(oid);
    return parser ?? pg.types.getTypeParser(oid, format === "binary" ? "binary" : "text");
  },
};

type Texts = readonly (string | null | Texts)[];

const textArray: number = 1009;
const parseTexts = pg.types.getTypeParser(textArray, "text") as (text: string) => Texts;

function mapTexts(texts: Texts, parse: Parse): readonly unknown[] {
  return texts.map((text) => {
    if (text === null) return null;
    return typeof text === "string" ? parse(text) : mapTexts(text, parse);
  });
}
