import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type ConsentEvent, consentEventKinds, consentStates, livePurposes } from "./consent-state.ts";

const events = (...told: [string, ConsentEvent["kind"]][]): ConsentEvent[] =>
  told.map(([purpose, kind]) => ({ purpose, kind }));
const living = (told: ConsentEvent[]) => livePurposes(consentStates(told));

test("a consent is what last happened to it, each purpose for itself", () => {
  const told = events(["8.2", "given"], ["8.4", "given"], ["8.8", "refused"], ["8.4", "withdrawn"]);
  assert.deepEqual([...consentStates(told)], [["8.2", "given"], ["8.4", "withdrawn"], ["8.8", "refused"]]);
  assert.deepEqual(living(told), ["8.2"]);
});

test("a consent that was withdrawn lives again only when it is given anew", () => {
  assert.deepEqual(living(events(["8.4", "given"], ["8.4", "withdrawn"])), []);
  assert.deepEqual(living(events(["8.4", "given"], ["8.4", "withdrawn"], ["8.4", "asked"])), []);
  assert.deepEqual(living(events(["8.4", "given"], ["8.4", "withdrawn"], ["8.4", "given"])), ["8.4"]);
});

test("where nobody was asked, nothing lives", () => {
  assert.deepEqual(living([]), []);
  assert.equal(consentStates([]).get("8.2"), undefined);
});

test("whatever happens, only a purpose whose last event is «given» lives", () => {
  const happened = fc.array(
    fc.record({ purpose: fc.constantFrom("8.2", "8.4", "8.8"), kind: fc.constantFrom(...consentEventKinds) }),
  );
  fc.assert(
    fc.property(happened, (told) => {
      const lives = living(told);
      for (const purpose of ["8.2", "8.4", "8.8"]) {
        const last = told.findLast((event) => event.purpose === purpose)?.kind;
        assert.equal(lives.includes(purpose), last === "given");
      }
    }),
  );
});
