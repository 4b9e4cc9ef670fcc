import assert from "node:assert/strict";
import { test } from "node:test";
import type { AppPolicy } from "../config/policy.ts";
import type { Gate } from "./gate.ts";

// What the compiler must refuse. The type check fails when one of these compiles after all, because an expectation
// that is not met is an error itself. The functions are never called.
const refusedByTheCompiler = {
  "reading a category that the purpose does not list": (gate: Gate<AppPolicy>) =>
    gate.use(
      // @ts-expect-error 8.2 does not list the user ID.
      { subject: "", purpose: "8.2", operation: "use", categories: ["userId"], actor: { kind: "system" } },
      () => undefined,
    ),
  "reading personal data for statistics": (gate: Gate<AppPolicy>) =>
    gate.use(
      // @ts-expect-error 8.7 is for depersonalised data: it lists no category at all.
      { subject: "", purpose: "8.7", operation: "use", categories: ["email"], actor: { kind: "system" } },
      () => undefined,
    ),
  "an operation that the purpose does not list": (gate: Gate<AppPolicy>) =>
    gate.use(
      // @ts-expect-error 8.2 does not list giving data to third parties.
      { subject: "", purpose: "8.2", operation: "provision", categories: ["email"], actor: { kind: "system" } },
      () => undefined,
    ),
  "a purpose that the policy does not have": (gate: Gate<AppPolicy>) =>
    gate.use(
      // @ts-expect-error There are ten purposes: 8.1 to 8.10.
      { subject: "", purpose: "8.11", operation: "use", categories: [], actor: { kind: "system" } },
      () => undefined,
    ),
  "looking at a category that was not asked for": (gate: Gate<AppPolicy>) =>
    gate.use(
      { subject: "", purpose: "8.2", operation: "use", categories: ["phone"], actor: { kind: "system" } },
      // @ts-expect-error Only the phone was asked for, so only the phone is journaled and opened.
      ({ latest }) => latest.email,
    ),
  "a duty that reaches for more than it needs": (gate: Gate<AppPolicy>) =>
    gate.use(
      // @ts-expect-error Answering a question (21) needs the address and the letter, not the phone.
      { subject: "", purpose: "21", operation: "use", categories: ["phone"], actor: { kind: "system" } },
      () => undefined,
    ),
  "reading a category that the purpose does not list, of many people": (gate: Gate<AppPolicy>) =>
    gate.useMany(
      // @ts-expect-error 8.2 does not list the user ID.
      { subjects: [], purpose: "8.2", operation: "use", categories: ["userId"], actor: { kind: "system" } },
      () => undefined,
    ),
  "an operation that the purpose does not list, with the data of many people": (gate: Gate<AppPolicy>) =>
    gate.useMany(
      // @ts-expect-error 8.2 does not list giving data to third parties.
      { subjects: [], purpose: "8.2", operation: "provision", categories: ["email"], actor: { kind: "system" } },
      () => undefined,
    ),
  "looking at a category that was not asked for, of many people": (gate: Gate<AppPolicy>) =>
    gate.useMany(
      { subjects: [], purpose: "8.2", operation: "use", categories: ["phone"], actor: { kind: "system" } },
      // @ts-expect-error Only the phone was asked for, so only the phone is journaled and opened.
      ({ latest }) => latest.email,
    ),
  "one record of many people": (gate: Gate<AppPolicy>) =>
    gate.useMany(
      // @ts-expect-error A record belongs to one person.
      { subjects: [], purpose: "8.2", operation: "use", categories: ["phone"], actor: { kind: "system" }, record: "" },
      () => undefined,
    ),
};

test("what the policy does not list does not compile", () => {
  assert.equal(Object.keys(refusedByTheCompiler).length, 10);
});
