import assert from "node:assert/strict";
import { test } from "node:test";
import { createTestContext } from "../../test-kit/context.ts";
import { EnquiryNumbers } from "./enquiry-numbers.ts";

const numbersOf = (drawn: readonly string[]) => drawn.map(Number);

test("one number after another skips none", async () => {
  await using kit = await createTestContext();
  const numbers = new EnquiryNumbers(kit.ctx.db);
  const drawn = [await numbers.draw(1), await numbers.draw(1), await new EnquiryNumbers(kit.ctx.db).draw(1)].flat();
  assert.deepEqual(numbersOf(drawn), [1, 2, 3]);
});

test("what a crowd left over serves those who come later", async () => {
  await using kit = await createTestContext();
  const numbers = new EnquiryNumbers(kit.ctx.db);
  assert.deepEqual(numbersOf(await numbers.draw(3)), [1, 2, 3]);
  assert.deepEqual(numbersOf(await numbers.draw(1)), [4]);
  assert.deepEqual(numbersOf(await numbers.draw(2)), [5, 6]);
});

test("no number is given out twice, whoever asks at once and for however many", async () => {
  await using kit = await createTestContext();
  const [one, other] = [new EnquiryNumbers(kit.ctx.db), new EnquiryNumbers(kit.ctx.db)];
  const wanted = Array.from({ length: 60 }, (_, at) => (at * 7) % 9);
  const drawn = await Promise.all(wanted.map((count, at) => (at % 2 === 0 ? one : other).draw(count)));
  assert.deepEqual(drawn.map(({ length }) => length), wanted);
  assert.equal(new Set(drawn.flat()).size, drawn.flat().length);
});
