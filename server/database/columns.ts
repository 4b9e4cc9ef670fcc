/** What a cell of each type is in a row that is sent by columns; a moment is its text, as Temporal writes it. */
export interface CellTypes {
  readonly uuid: string;
  readonly text: string;
  readonly bytea: Buffer;
  readonly integer: number;
  readonly bigint: string;
  readonly boolean: boolean;
  readonly timestamptz: string;
}

export type CellType = keyof CellTypes;

/** A row with these columns. */
export type RowWith<Columns extends Readonly<Record<string, CellType>>> = {
  readonly [Name in keyof Columns]: CellTypes[Columns[Name]];
};

/**
 * A column, as one argument that PostgreSQL takes for an array of the type. The driver could do it from a JavaScript
 * array, but quotes every element and writes a byte as two characters, and PostgreSQL has to read all that.
 */
export function columnOf(type: CellType, cells: readonly unknown[]): Buffer | string {
  switch (type) {
    case "uuid":
      return binaryArray(2950, cells as readonly string[], {
        lengthOf: () => 16,
        write: (array, at, id) => array.write(id.replaceAll("-", ""), at, "hex"),
      });
    case "text":
      return binaryArray(25, cells as readonly string[], {
        lengthOf: (text) => Buffer.byteLength(text),
        write: (array, at, text) => array.write(text, at),
      });
    case "bytea":
      return binaryArray(17, cells as readonly Buffer[], {
        lengthOf: (bytes) => bytes.length,
        write: (array, at, bytes) => bytes.copy(array, at),
      });
    case "integer":
    case "bigint":
    case "boolean":
    case "timestamptz":
      return `{${cells.join(",")}}`;
  }
}

const headerLength = 20;

/**
 * An array of one dimension as PostgreSQL receives it (array_recv): dimensions, whether there are nulls, the oid of the
 * elements' type, their number, the first index; then each element behind its length. All numbers 32 bits, big-endian.
 * `write` returns how many bytes it wrote.
 */
function binaryArray<Cell>(
  oid: number,
  cells: readonly Cell[],
  form: {
    readonly lengthOf: (cell: Cell) => number;
    readonly write: (array: Buffer, at: number, cell: Cell) => number;
  },
): Buffer {
  const lengths = cells.map(form.lengthOf);
  const array = Buffer.alloc(lengths.reduce((sum, length) => sum + 4 + length, headerLength));
  let at = 0;
  for (const number of [1, 0, oid, cells.length, 1]) at = array.writeInt32BE(number, at);
  for (const [index, cell] of cells.entries()) {
    at = array.writeInt32BE(lengths[index] ?? 0, at);
    at += form.write(array, at, cell);
  }
  return array;
}

/** `text[]` in text form, for a cell: PostgreSQL has no arrays of arrays of different lengths. */
export function arrayText(elements: readonly string[]): string {
  return `{${elements.map((element) => `"${element.replaceAll(/["\\]/g, "\\$&")}"`).join(",")}}`;
}
