import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { readFormBody } from "./read-form-body.ts";

const urlencoded = "application/x-www-form-urlencoded";
const limits = { maxBytes: 1000 };

function read(body: string | Buffer | ReadableStream<Uint8Array>, type = urlencoded) {
  return readFormBody(
    new Request("http://127.0.0.1/", { method: "POST", headers: { "content-type": type }, body, duplex: "half" }),
    limits,
  );
}

async function fieldsOf(body: string): Promise<[string, string][]> {
  const outcome = await read(body);
  assert.ok(outcome.kind === "read", JSON.stringify(outcome));
  return [...outcome.fields];
}

test("a form is read to the letter, in every script", async () => {
  const typed = { surname: "Ысыккөлов", firstName: "Айбек & сын = 100%", phone: "+996 555", note: "строка\r\nвторая 👋" };
  assert.deepEqual(await fieldsOf(new URLSearchParams(typed).toString()), Object.entries(typed));
});

test("fields without a value, without a sign and without a name are read as browsers mean them", async () => {
  assert.deepEqual(await fieldsOf("a=&b&=c&&d=e=f"), [["a", ""], ["b", ""], ["", "c"], ["d", "e=f"]]);
  assert.deepEqual(await fieldsOf(""), []);
});

test("letters that were not encoded are read as UTF-8 too", async () => {
  assert.deepEqual(await fieldsOf("имя=Айбек"), [["имя", "Айбек"]]);
});

for (const [body, field] of [
  ["surname=%D0", "surname"],
  ["surname=%FF%FE", "surname"],
  ["surname=%C0%80", "surname"],
  ["surname=%ED%A0%80", "surname"],
  ["surname=100%", "surname"],
  ["surname=%zz", "surname"],
  ["surname=%4", "surname"],
  ["phone=1&%D0=x", undefined],
] as const) {
  test(`broken text is refused and not repaired: ${body}`, async () => {
    assert.deepEqual(await read(body), { kind: "broken-text", field });
  });
}

test("letters of another encoding are refused with the name of the field", async () => {
  const windows1251 = Buffer.concat([Buffer.from("firstName="), Buffer.from([0xc0, 0xe9, 0xe1, 0xe5, 0xea])]);
  assert.deepEqual(await read(windows1251), { kind: "broken-text", field: "firstName" });
});

test("of two fields with one name none is chosen", async () => {
  assert.deepEqual(await read("email=a%40example.kg&phone=1&email=b%40example.kg"), {
    kind: "repeated-field",
    field: "email",
  });
});

test("a character that the database cannot keep is refused", async () => {
  assert.deepEqual(await read("surname=a%00b"), { kind: "forbidden-character", field: "surname" });
});

for (const type of [
  "multipart/form-data; boundary=x",
  "application/json",
  "text/plain",
  "",
  "application/x-www-form-urlencoded; charset=windows-1251",
  "application/x-www-form-urlencoded-not",
]) {
  test(`«${type}» is not how our forms are sent`, async () => {
    assert.deepEqual(await read("a=b", type), { kind: "wrong-type" });
  });
}

for (const type of [`${urlencoded};charset=UTF-8`, `${urlencoded}; charset="utf-8"`, "Application/X-WWW-Form-Urlencoded"]) {
  test(`«${type}» is how our forms are sent`, async () => {
    assert.equal((await read("a=b", type)).kind, "read");
  });
}

test("a body that is too large is given up once that is known, however it comes", async () => {
  assert.deepEqual(await read(`a=${"x".repeat(1000)}`), { kind: "too-large" });
  let pulled = 0;
  const endless = new ReadableStream<Uint8Array>({
    pull: (controller) => {
      pulled += 1;
      controller.enqueue(new Uint8Array(300).fill(97));
    },
  });
  assert.deepEqual(await read(endless), { kind: "too-large" });
  assert.ok(pulled < 10, `${pulled} pieces were taken`);
});

test("whatever fields are sent come back the same, or are refused", async () => {
  const fields = fc.uniqueArray(fc.tuple(fc.string({ unit: "grapheme" }), fc.string({ unit: "grapheme" })), {
    selector: ([name]) => name,
    maxLength: 5,
  });
  await fc.assert(
    fc.asyncProperty(fields, async (sent) => {
      const outcome = await read(new URLSearchParams(sent).toString());
      if (outcome.kind === "read") assert.deepEqual([...outcome.fields], sent);
      else assert.ok(outcome.kind === "too-large" || outcome.kind === "forbidden-character");
    }),
  );
});
