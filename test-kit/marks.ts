import { createReadStream } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";

/** Personal data of one invented person, made to be found wherever it leaks. */
export type Marks = Readonly<Record<string, string>>;

/**
 * Every way in which a mark could lie in a file: as UTF-8 and UTF-16 (both orders), in upper and lower case, as hex of
 * either, in base64 at each of the three alignments, percent-encoded, and as JSON would escape it.
 */
export function spellings(mark: string): readonly Buffer[] {
  const texts = [mark, mark.toLowerCase(), mark.toUpperCase()];
  const encoded = texts.flatMap((text) => {
    const utf8 = Buffer.from(text, "utf8");
    const little = Buffer.from(text, "utf16le");
    const big = Buffer.from(little).swap16();
    return [utf8, little, big];
  });
  const written = encoded.flatMap((bytes) => [
    bytes.toString("hex"),
    bytes.toString("hex").toUpperCase(),
    ...[0, 1, 2].flatMap((shift) => [base64At(bytes, shift, "base64"), base64At(bytes, shift, "base64url")]),
  ]);
  const escaped = texts.flatMap((text) => [encodeURIComponent(text), JSON.stringify(text).slice(1, -1), toEscapes(text)]);
  return [...encoded, ...[...written, ...escaped].map((text) => Buffer.from(text, "latin1"))];
}

/** The part of a base64 text that does not depend on what stands before and after. */
function base64At(bytes: Buffer, shift: number, encoding: "base64" | "base64url"): string {
  const text = Buffer.concat([Buffer.alloc(shift), bytes]).toString(encoding).replaceAll("=", "");
  return text.slice(Math.ceil((shift * 8) / 6), Math.floor(((shift + bytes.length) * 8) / 6));
}

function toEscapes(text: string): string {
  return [...text].map((letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`).join("");
}

/** Where a mark was found: the file and the name of the mark, never the mark. */
export interface Leak {
  readonly file: string;
  readonly mark: string;
}

/** Reads every file under the folders and says which of them holds which mark, in any spelling. */
export async function findLeaks(folders: readonly string[], marks: Marks): Promise<readonly Leak[]> {
  const wanted = Object.entries(marks).map(([mark, value]) => ({ mark, spellings: spellings(value) }));
  const leaks: Leak[] = [];
  for (const folder of folders) {
    for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const file = join(entry.parentPath, entry.name);
      const content = await readWhole(file);
      for (const { mark, spellings: forms } of wanted) {
        if (forms.some((form) => content.includes(form))) leaks.push({ file, mark });
      }
    }
  }
  return leaks;
}

/** A file that PostgreSQL removes meanwhile holds nothing any more. */
async function readWhole(file: string): Promise<Buffer> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of createReadStream(file)) chunks.push(chunk as Buffer);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ENOENT")) throw error;
  }
  return Buffer.concat(chunks);
}
