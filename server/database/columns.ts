/** What a cell of each type is in a row that is sent by columns; a moment is its text, as Temporal writes it. */
export interface CellTypes {
  readonly uuid: string;
  readonly text: string;
  readonly integer: number;
  readonly bigint: string;
  readonly boolean: boolean;
  readonly timestamptz: string;
  readonly bytea: Buffer;
}

export type CellType = keyof CellTypes;

/** A row with these columns. */
export type RowWith<Columns extends Readonly<Record<string, CellType>>> = {
  readonly [Name in keyof Columns]: CellTypes[Columns[Name]];
};

/**
 * A column, as one argument that PostgreSQL takes for an array of the type. The driver could do it from a JavaScript
 * array, but writes bytes as text, two characters for each, and takes three times as long for the rest.
 */
export function columnOf(type: CellType, cells: readonly unknown[]): Buffer | string {
  if (type === "bytea") return byteaArray(cells as readonly Buffer[]);
  return type === "text" ? arrayText(cells as readonly string[]) : `{${cells.join(",")}}`;
}

/** What stands in the text of an array without quotes. */
const plain = /^(?!null$)[\w.:+-]+$/i;

/** `text[]` as PostgreSQL reads it: `{8.2,"Запросить консультацию"}`. */
export function arrayText(elements: readonly string[]): string {
  return `{${elements.map(quoteElement).join(",")}}`;
}

function quoteElement(element: string): string {
  return plain.test(element) ? element : `"${element.replaceAll(/["\\]/g, "\\$&")}"`;
}

const byteaOid = 17;
const headerLength = 20;

/**
 * `bytea[]` of one dimension as PostgreSQL receives it (array_recv): dimensions, whether there are nulls, the type of
 * the elements, their number, the first index; then each element behind its length. All numbers 32 bits, big-endian.
 */
function byteaArray(elements: readonly Buffer[]): Buffer {
  const length = elements.reduce((sum, element) => sum + 4 + element.length, headerLength);
  const array = Buffer.alloc(length);
  let at = 0;
  for (const number of [1, 0, byteaOid, elements.length, 1]) at = array.writeInt32BE(number, at);
  for (const element of elements) {
    at = array.writeInt32BE(element.length, at);
    at += element.copy(array, at);
  }
  return array;
}
