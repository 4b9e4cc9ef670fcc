/** Hashes in a full tile, and entries in a full bundle. */
export const tileWidth = 256;

/** A file of the log (C2SP tlog-tiles): hashes of a level, or the entries themselves, from `index` × 256 on. */
export interface TileName {
  /** 0 to 63, or the entries. */
  readonly level: number | "entries";
  readonly index: number;
  /** 1 to 256; less than 256 is a partial tile. */
  readonly width: number;
}

/** For example "tile/0/x001/067", or "tile/entries/000.p/17". Throws a RangeError for what is no tile. */
export function tilePath(tile: TileName): string {
  const { level, index, width } = tile;
  if (!isTile(tile)) throw new RangeError(`There is no tile of level ${level}, index ${index} and width ${width}.`);
  const digits = String(index);
  const groups = digits.padStart(Math.ceil(digits.length / 3) * 3, "0").match(/\d{3}/g) ?? [];
  const place = groups.map((group, at) => (at < groups.length - 1 ? `x${group}` : group)).join("/");
  return `tile/${level}/${place}${width < tileWidth ? `.p/${width}` : ""}`;
}

const shape = /^tile\/(?<level>entries|\d{1,2})\/(?<place>(?:x\d{3}\/){0,5}\d{3})(?:\.p\/(?<width>\d{1,3}))?$/;

/** The reverse of `tilePath`; undefined for any other spelling, so that each file has one name only. */
export function parseTilePath(path: string): TileName | undefined {
  const groups = shape.exec(path)?.groups;
  if (groups === undefined) return undefined;
  const tile: TileName = {
    level: groups["level"] === "entries" ? "entries" : Number(groups["level"]),
    index: Number(groups["place"]?.replaceAll(/[x/]/g, "")),
    width: Number(groups["width"] ?? tileWidth),
  };
  return isTile(tile) && tilePath(tile) === path ? tile : undefined;
}

function isTile({ level, index, width }: TileName): boolean {
  const hasLevel = level === "entries" || isWithin(level, 0, 63);
  return hasLevel && isWithin(index, 0, Number.MAX_SAFE_INTEGER) && isWithin(width, 1, tileWidth);
}

function isWithin(number: number, least: number, most: number): boolean {
  return Number.isSafeInteger(number) && number >= least && number <= most;
}
