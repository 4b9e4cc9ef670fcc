import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { policy } from "../config/policy.ts";
import { readEmail } from "./read-email.ts";
import { readFields } from "./read-fields.ts";
import { readName } from "./read-name.ts";
import { readPhone } from "./read-phone.ts";

const read = (value: string) => ({ kind: "read", value });
const fault = (reason: string) => ({ kind: "fault", reason });

for (const typed of [
  "0555000101",
  "555 000 101",
  "+996 555 000 101",
  "+996 (555) 00-01-01",
  "996555000101",
  "00996555000101",
  "\u202A+996555000101\u202C",
  " 0555 000 101 ",
]) {
  test(`the phone ${JSON.stringify(typed)} is the Kyrgyz number +996555000101`, () => {
    assert.deepEqual(readPhone(typed), read("+996555000101"));
  });
}

test("a phone of another country is taken with its plus sign", () => {
  assert.deepEqual(readPhone("+7 701 000 01 01"), read("+77010000101"));
});

for (const typed of [
  "112",
  "0111123456",
  "+9965550001011",
  "8 701 000 01 01",
  "abc",
  "my phone is 0555000101",
  "0555000101 ext 5",
  "+1 555 010 0101",
  "<script>",
  "٠",
]) {
  test(`${JSON.stringify(typed)} is no phone number that could exist`, () => {
    assert.deepEqual(readPhone(typed), fault("not-a-phone"));
  });
}

for (const typed of ["aibek@example.kg", "a.b+c@sub.example.org", "Aibek@EXAMPLE.kg", "aibek@localhost"]) {
  test(`the address ${typed} is kept as it was typed`, () => {
    assert.deepEqual(readEmail(`  ${typed}\u200B\r\n`), read(typed));
  });
}

for (const typed of [
  "aibek",
  "aibek@",
  "@example.kg",
  "a b@example.kg",
  "a@@example.kg",
  "a@example..kg",
  "a@-example.kg",
  "айбек@example.kg",
  "a@example.kg, b@example.kg",
  "a@example.kg\r\nBcc: b@example.kg",
  `${"a".repeat(65)}@example.kg`,
]) {
  test(`${JSON.stringify(typed)} is no e-mail address`, () => {
    assert.deepEqual(readEmail(typed), fault("not-an-email"));
  });
}

test("an address of 255 characters is too long, one of 254 is not", () => {
  const domain = `${"b".repeat(61)}.`.repeat(3);
  const longest = `${"a".repeat(64)}@${domain}kg`;
  assert.deepEqual(readEmail(`${longest}k`), read(`${longest}k`));
  assert.equal(longest.length, 253);
  assert.deepEqual(readEmail(`${longest}kg`), fault("too-long"));
});

for (const typed of ["Айбек", "Ысык-Көлов", "O'Brien", "д’Артаньян", "Ли", "Дж. Р. Р.", "محمد", "علی\u200Cرضا", "欧阳"]) {
  test(`${typed} is a name`, () => {
    assert.deepEqual(readName(typed), read(typed));
  });
}

test("a name is kept composed and with single spaces, so that one person has one spelling", () => {
  assert.deepEqual(readName("  Жанна \u00A0 Дарк  "), read("Жанна Дарк"));
  assert.deepEqual(readName("И\u0306ван"), read("Йван"));
});

for (const typed of ["<b>", "Айбек1", "a@b", "Ай\nбек", "Ай\tбек", "-", "👋", "Айбек; drop table", "Ай\u0007бек"]) {
  test(`${JSON.stringify(typed)} is no name`, () => {
    assert.deepEqual(readName(typed), fault("not-a-name"));
  });
}

test("a name has at most a hundred characters, counted as a reader counts", () => {
  assert.equal(readName("𐐨".repeat(100)).kind, "read");
  assert.deepEqual(readName("я".repeat(101)), fault("too-long"));
  assert.deepEqual(readName("я".repeat(1_000_000)), fault("too-long"));
});

test("every fault of a form is found at once, in the form's order", () => {
  const reading = readFields(policy.forms.enrol, { surname: "", firstName: "1", phone: "12", email: "x" }, false);
  assert.deepEqual(reading, {
    kind: "invalid",
    faults: [
      { field: "surname", reason: "missing" },
      { field: "firstName", reason: "not-a-name" },
      { field: "phone", reason: "not-a-phone" },
      { field: "email", reason: "not-an-email" },
      { field: "declared", reason: "undeclared" },
    ],
  });
});

test("an optional field left empty is not taken; one filled in wrongly is a fault", () => {
  const typed = { surname: "Тестов", firstName: "Айбек", phone: "0555000101" };
  const without = readFields(policy.forms.consultation, { ...typed, email: "  " }, true);
  assert.ok(without.kind === "read");
  assert.deepEqual(without.values.map(({ category }) => category), ["surname", "firstName", "phone"]);
  const wrong = readFields(policy.forms.consultation, { ...typed, email: "x" }, true);
  assert.deepEqual(wrong, { kind: "invalid", faults: [{ field: "email", reason: "not-an-email" }] });
});

test("whatever is typed, reading ends with a value within its limits or a named fault", () => {
  const anything = fc.oneof(fc.string({ unit: "binary", maxLength: 300 }), fc.emailAddress(), fc.mixedCase(fc.string()));
  fc.assert(
    fc.property(anything, (typed) => {
      for (const [reader, limit] of [[readName, 100], [readPhone, 16], [readEmail, 254]] as const) {
        const reading = reader(typed);
        if (reading.kind === "read") assert.ok(reading.value !== "" && [...reading.value].length <= limit);
        else assert.match(reading.reason, /^(missing|too-long|not-a-(name|phone)|not-an-email)$/);
      }
    }),
  );
});
