import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { policy } from "../config/policy.ts";
import { languages } from "../language/language.ts";
import { kantaraReceipt } from "./kantara-receipt.ts";
import { consentBy, formNames, ledgerKey, number, origin, subject } from "./receipts-scene.ts";

/** CR_v1_1/kantara-consent-receipt-v1_1-schema.json at commit 3b4e81b588c532bae1fa8e6cdc4808b30ac911a6: required ones. */
const required = {
  receipt: {
    ...{ version: "string", jurisdiction: "string", consentTimestamp: "integer", collectionMethod: "string" },
    ...{ consentReceiptID: "string", piiPrincipalId: "string", piiControllers: "array", services: "array" },
    ...{ policyUrl: "string", sensitive: "boolean", spiCat: "array" },
  },
  controller: { piiController: "string", contact: "string", address: "object", email: "string", phone: "string" },
  service: { service: "string", purposes: "array" },
  purpose: {
    ...{ consentType: "string", purposeCategory: "array", piiCategory: "array", termination: "string" },
    thirdPartyDisclosure: "boolean",
  },
} as const;
const optional = ["publicKey", "language", "onBehalf", "piiControllerUrl", "purpose", "primaryPurpose", "thirdPartyName"];

function assertShape(what: object, fields: Readonly<Record<string, string>>): void {
  const typeOf = (value: unknown) =>
    Array.isArray(value) ? "array" : Number.isInteger(value) ? "integer" : typeof value;
  const found = Object.entries(what).filter(([name]) => !optional.includes(name));
  assert.deepEqual(Object.fromEntries(found.map(([name, value]) => [name, typeOf(value)])), fields);
}

function receiptFor(content: ReturnType<typeof consentBy>) {
  return kantaraReceipt({ content, number, subject, policy, origin, language: "ru", publicKey: ledgerKey });
}

test("whatever was ticked, the receipt has the fields of Kantara 1.1, and those alone", () => {
  const form = fc.constantFrom(...formNames);
  const ticked = fc.subarray(Object.keys(policy.purposes));
  fc.assert(
    fc.property(form, fc.constantFrom(...languages), ticked, (name, language, boxes) => {
      const content = consentBy(name, language, boxes);
      const receipt = receiptFor(content);
      assert.ok(receipt);
      assertShape(receipt, required.receipt);
      for (const controller of receipt.piiControllers) assertShape(controller, required.controller);
      for (const service of receipt.services) assertShape(service, required.service);
      const purposes = receipt.services.flatMap((service) => service.purposes);
      assert.equal(purposes.length, content.given.length);
      for (const purpose of purposes) {
        assertShape(purpose, required.purpose);
        assert.equal("thirdPartyName" in purpose, purpose.thirdPartyDisclosure);
        assert.notDeepEqual(purpose.purposeCategory, []);
        assert.notDeepEqual(purpose.piiCategory, []);
      }
      assert.deepEqual(purposes.map(({ primaryPurpose }) => primaryPurpose).filter(Boolean), [true]);
    }),
  );
});

test("it says when, by whom and with which key, in whole seconds and without a name", () => {
  const receipt = receiptFor(consentBy("order", "en", ["8.8"]));
  assert.equal(receipt?.version, "KI-CR-v1.1.0");
  assert.equal(receipt.consentTimestamp, 1_795_540_542);
  assert.equal(receipt.consentReceiptID, number);
  assert.equal(receipt.piiPrincipalId, subject);
  assert.equal(receipt.publicKey, ledgerKey);
  assert.equal(receipt.policyUrl, "https://lerna.kg/en/policy");
  assert.deepEqual([receipt.sensitive, receipt.spiCat], [false, []]);
});

test("where nothing was agreed to, there is no consent to receipt", () => {
  assert.equal(receiptFor({ ...consentBy("order", "ru", []), given: [] }), undefined);
});
