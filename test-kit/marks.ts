import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";

/** Personal data of one invented person, made to be found wherever it leaks. */
export type Marks = Readonly<Record<string, string>>;

/** One way in which a mark could lie in a file. */
export interface Spelling {
  readonly encoding: string;
  readonly bytes: Buffer;
}

/** Where a mark was found: the place, the name of the mark and how it was written; never the mark itself. */
export interface Leak {
  readonly place: string;
  readonly mark: string;
  readonly encoding: string;
}

/** Anything shorter would be found by chance among random bytes. */
const shortest = 6;

/**
 * Every way in which a mark is looked for, each in the case it has, in small and in capital letters: UTF-8,
 * UTF-16 in both orders and Windows-1251; each of these also as hex and as base64 at each of its three
 * alignments; and the text percent-encoded, quoted-printable, with JSON's and HTML's escapes.
 */
export function spellings(mark: string): readonly Spelling[] {
  if (mark.length < shortest) throw new RangeError(`a mark needs ${shortest} letters or more`);
  const texts = new Set([mark, mark.toLowerCase(), mark.toUpperCase()]);
  const found = new Map<string, Spelling>();
  for (const text of texts) {
    for (const spelling of [...written(text), ...escaped(text)]) {
      const key = spelling.bytes.toString("latin1");
      if (!found.has(key)) found.set(key, spelling);
    }
  }
  return [...found.values()];
}

function written(text: string): readonly Spelling[] {
  return encoded(text).flatMap(({ encoding, bytes }) => [
    { encoding, bytes },
    ascii(`hex of ${encoding}`, bytes.toString("hex")),
    ascii(`hex of ${encoding}`, bytes.toString("hex").toUpperCase()),
    ...[0, 1, 2].flatMap((shift) => [
      ascii(`base64 of ${encoding}`, base64At(bytes, shift, "base64")),
      ascii(`base64 of ${encoding}`, base64At(bytes, shift, "base64url")),
    ]),
  ]);
}

function encoded(text: string): readonly Spelling[] {
  const little = Buffer.from(text, "utf16le");
  const inWindows1251 = toWindows1251(text);
  return [
    { encoding: "utf-8", bytes: Buffer.from(text, "utf8") },
    { encoding: "utf-16le", bytes: little },
    { encoding: "utf-16be", bytes: Buffer.from(little).swap16() },
    ...(inWindows1251 === undefined ? [] : [{ encoding: "windows-1251", bytes: inWindows1251 }]),
  ];
}

function escaped(text: string): readonly Spelling[] {
  const percent = encodeURIComponent(text);
  const quoted = percent.replaceAll(/%(?:40|2B|20)/g, decodeURIComponent).replaceAll("%", "=");
  const code = (letter: string) => letter.charCodeAt(0).toString(16).padStart(4, "0");
  const escapes = (escape: (letter: string) => string) => text.replaceAll(/[^\x20-\x7e]/g, escape);
  return [
    ascii("percent", percent),
    ascii("percent", percent.toLowerCase()),
    ascii("percent", percent.replaceAll("%20", "+")),
    ascii("quoted-printable", quoted),
    ascii("json", escapes((letter) => `\\u${code(letter)}`)),
    ascii("json", escapes((letter) => `\\u${code(letter).toUpperCase()}`)),
    ascii("html", escapes((letter) => `&#${letter.charCodeAt(0)};`)),
    ascii("html", escapes((letter) => `&#x${code(letter).replace(/^0+/, "")};`)),
  ];
}

function ascii(encoding: string, text: string): Spelling {
  return { encoding, bytes: Buffer.from(text, "latin1") };
}

/** The part of a base64 text that does not depend on what stands before and after. */
function base64At(bytes: Buffer, shift: number, encoding: "base64" | "base64url"): string {
  const text = Buffer.concat([Buffer.alloc(shift), bytes]).toString(encoding).replaceAll("=", "");
  return text.slice(Math.ceil((shift * 8) / 6), Math.floor(((shift + bytes.length) * 8) / 6));
}

const bytes = Uint8Array.from({ length: 256 }, (_, byte) => byte);
const letters = [...new TextDecoder("windows-1251").decode(bytes)];
const windows1251 = new Map(letters.map((letter, byte) => [letter, byte]));

/** Undefined where it has no such letter; Kyrgyz has three that are not in it. */
function toWindows1251(text: string): Buffer | undefined {
  const bytes = [...text].map((letter) => windows1251.get(letter));
  return bytes.every((byte) => byte !== undefined) ? Buffer.from(bytes) : undefined;
}

/** Looks for all marks in all spellings in one pass over what it is given. */
export class MarkFinder {
  /** By the first four bytes; and by the first two whether there is any, since most places end there. */
  readonly #byStart = new Map<number, (Spelling & { readonly mark: string })[]>();
  readonly #starts = new Uint8Array(1 << 16);

  constructor(marks: Marks) {
    for (const [mark, value] of Object.entries(marks)) {
      for (const spelling of spellings(value)) {
        const start = spelling.bytes.readUInt32LE(0);
        this.#starts[start & 0xffff] = 1;
        this.#byStart.set(start, [...(this.#byStart.get(start) ?? []), { ...spelling, mark }]);
      }
    }
  }

  /** Each mark that is there, in each encoding, once. `place`: what to call it in the answer. */
  find(place: string, content: Buffer | string): readonly Leak[] {
    const bytes = typeof content === "string" ? Buffer.from(content) : content;
    const found = new Map<string, Leak>();
    for (let at = 0; at + 4 <= bytes.length; at++) {
      if (this.#starts[(bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8)] === 0) continue;
      for (const { mark, encoding, bytes: wanted } of this.#byStart.get(bytes.readUInt32LE(at)) ?? []) {
        if (!bytes.subarray(at, at + wanted.length).equals(wanted)) continue;
        found.set(`${mark} ${encoding}`, { place, mark, encoding });
      }
    }
    return [...found.values()];
  }
}

/** Reads every file under the folders, and its name, and says which of them holds which mark. */
export async function findLeaks(folders: readonly string[], marks: Marks): Promise<readonly Leak[]> {
  const finder = new MarkFinder(marks);
  const leaks: Leak[] = [];
  for (const file of await listFiles(folders)) {
    leaks.push(...finder.find(`the name of ${file}`, file), ...finder.find(file, await readWhole(file)));
  }
  return leaks;
}

/** The paths of all files under the folders; what is no file (a socket) holds nothing. */
export async function listFiles(folders: readonly string[]): Promise<readonly string[]> {
  const files = new Set<string>();
  for (const folder of folders) {
    for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
      if (entry.isFile()) files.add(join(entry.parentPath, entry.name));
    }
  }
  return [...files];
}

/** A file that PostgreSQL removes meanwhile holds nothing any more. */
async function readWhole(file: string): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return Buffer.alloc(0);
    throw error;
  }
}
