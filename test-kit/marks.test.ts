import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { findLeaks, MarkFinder, spellings } from "./marks.ts";

const marks = {
  surname: "Протоптанова",
  kyrgyz: "Өрүктөбаева",
  phone: "555000131",
  email: "Snezha.Protop@example.kg",
};
const noise = randomBytes(1 << 20);

let folder: string;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), "ubada-marks-"));
});
after(() => rm(folder, { recursive: true, force: true }));

test("nothing is found where nothing was planted", async () => {
  await writeFile(join(folder, "noise"), noise);
  assert.deepEqual(await findLeaks([folder], marks), []);
});

for (const [mark, value] of Object.entries(marks)) {
  test(`a planted ${mark} is found in every way that it can be written`, () => {
    const finder = new MarkFinder(marks);
    for (const { encoding, bytes } of spellings(value)) {
      const file = Buffer.concat([noise.subarray(0, 1001), bytes, noise.subarray(0, 99)]);
      const found = finder.find("here", file);
      assert.ok(found.some((leak) => leak.mark === mark), encoding);
    }
  });
}

test("the surname is found in what other programs make of a text that holds it", () => {
  const text = `До ${marks.surname} после`;
  const finder = new MarkFinder(marks);
  const seen = (content: Buffer | string) =>
    finder.find("here", content).some(({ mark }) => mark === "surname");
  for (const before of ["", "a", "ab", "abc"]) {
    assert.ok(seen(Buffer.from(before + text).toString("base64")), "base64");
    assert.ok(seen(Buffer.from(before + text, "utf16le").toString("base64url")), "base64url of UTF-16");
  }
  assert.ok(seen(text.toUpperCase()));
  assert.ok(seen(`\\x${Buffer.from(text).toString("hex")}`), "as PostgreSQL prints bytea");
  assert.ok(seen(new URLSearchParams({ text }).toString()), "a form's body");
  assert.ok(seen(encodeURI(`/search?q=${text}`)));
  assert.ok(seen(Buffer.from("cff0eef2eeeff2e0edeee2e0", "hex")), "Windows-1251");
  assert.ok(seen(Buffer.from(text, "utf16le").swap16()));
});

test("a leak says where it is and what it is, and does not repeat it", async () => {
  const file = join(folder, "planted");
  await writeFile(file, `…${marks.phone}…`);
  assert.deepEqual(await findLeaks([folder], marks), [{ place: file, mark: "phone", encoding: "utf-8" }]);
  await rm(file);
});

test("a mark in the name of a file is found", async () => {
  const file = join(folder, marks.kyrgyz);
  await writeFile(file, "");
  const leaks = await findLeaks([folder], marks);
  assert.deepEqual(leaks.map(({ mark }) => mark), ["kyrgyz"]);
  await rm(file);
});

test("a mark so short that it would be found by chance is refused", () => {
  assert.throws(() => spellings("Ким"), RangeError);
});
