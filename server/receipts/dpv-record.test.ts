import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import fc from "fast-check";
import { policy } from "../config/policy.ts";
import { languages } from "../language/language.ts";
import { describeRecord, type RecordFacts } from "./dpv-record.ts";
import { categoryTerms, operationTerms, purposeTerms } from "./dpv-terms.ts";
import type { LinkedData, LinkedNode } from "./linked-data.ts";
import type { ReceiptContent } from "../journal/receipt-content.ts";
import { consentBy, everyContent, formNames, number, origin, requestFor, subject, withdrawalOf } from "./receipts-scene.ts";

const published = new Set(
  readFileSync(new URL("dpv-2.3-terms.txt", import.meta.url), "utf8")
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#")),
);

const factsOf = (content: ReceiptContent): RecordFacts => ({ content, number, subject, policy, origin, language: "ru" });
const recordOf = (content: ReceiptContent) => describeRecord(factsOf(content));

/** Every key and every string, wherever it stands. */
function everyString(data: LinkedData): readonly string[] {
  if (typeof data === "string") return [data];
  if (isList(data)) return data.flatMap(everyString);
  return Object.entries(data).flatMap(([name, value]) => [name, ...everyString(value)]);
}

const isList = (data: LinkedData): data is readonly LinkedData[] => Array.isArray(data);
const namesIn = (data: LinkedData) => everyString(data).filter((text) => /^(dpv|pd|loc):\S+$/.test(text));

/** What stands at a path; an unknown name is a fault of the test. */
function at(data: LinkedData | undefined, ...path: readonly (string | number)[]): LinkedData {
  const [step, ...rest] = path;
  if (data === undefined) assert.fail("nothing stands there");
  if (step === undefined) return data;
  assert.ok(typeof data === "object", `${step} of a string`);
  return at(isList(data) ? data[Number(step)] : (data as LinkedNode)[step], ...rest);
}

function listAt(data: LinkedData, ...path: readonly (string | number)[]): readonly LinkedData[] {
  const list = at(data, ...path);
  assert.ok(isList(list), path.join("."));
  return list;
}

test("every name that a record uses is in the published vocabulary, for every kind, purpose, category and request", () => {
  for (const content of everyContent) {
    const unknown = namesIn(recordOf(content)).filter((name) => !published.has(name));
    assert.deepEqual(unknown, [], JSON.stringify(content));
  }
  const mapped = [purposeTerms, categoryTerms, operationTerms].flatMap((terms) => Object.values(terms).flat());
  assert.deepEqual(mapped.filter((name) => !published.has(name)), []);
});

test("the published list is whole, and lacks the names that only an older version had", () => {
  const count = (prefix: string) => [...published].filter((name) => name.startsWith(`${prefix}:`)).length;
  assert.deepEqual([count("dpv"), count("pd")], [1116, 231]);
  for (const gone of ["dpv:ConsentTerminated", "dpv:hasLegalName", "dpv:hasDataStorageCondition", "pd:Email"]) {
    assert.ok(!published.has(gone), gone);
  }
});

test("a receipt claims no basis and no right of the GDPR", () => {
  for (const content of everyContent) {
    assert.deepEqual(everyString(recordOf(content)).filter((text) => /gdpr/i.test(text)), []);
  }
});

const answers = fc.record({
  form: fc.constantFrom(...formNames),
  language: fc.constantFrom(...languages),
  ticked: fc.subarray(Object.keys(policy.purposes)),
});

test("whatever was ticked, a consent receipt has every field that ISO/IEC TS 27560 makes mandatory", () => {
  fc.assert(
    fc.property(answers, ({ form, language, ticked }) => {
      const content = consentBy(form, language, ticked);
      const receipt = recordOf(content);
      assert.equal(at(receipt, "dct:identifier"), number);
      assert.equal(at(receipt, "dct:conformsTo"), "https://w3id.org/dpv/schema/dpv-27560#receipt");
      const [record = ""] = listAt(receipt, "dpv:hasRecordOfActivity");
      assert.equal(at(record, "dct:conformsTo"), "https://w3id.org/dpv/schema/dpv-27560#record");
      assert.equal(at(record, "dct:identifier"), content.id);
      assert.equal(at(record, "dpv:hasDataSubject", "dct:identifier"), subject);
      assert.equal(at(record, "dpv:hasNotice", 0, "dct:identifier"), `sha256:${content.shown}`);
      assert.equal(at(record, "dpv:hasNotice", 0, "dct:language"), language);

      const controller = at(receipt, "dct:publisher");
      const party = ["@id", "@type", "dct:identifier", "dpv:hasName", "dpv:hasAddress", "dpv:hasContact", "dpv:hasRight"];
      for (const field of party) assert.notDeepEqual(at(controller, field), [], field);
      const processes = listAt(record, "dpv:hasProcess");
      assert.equal(processes.length, content.given.length + content.refused.length);
      for (const process of processes) {
        assert.equal(at(process, "dpv:hasDataController"), at(controller, "@id"));
        assert.ok(namesIn(at(process, "dpv:hasPurpose")).length > 0);
        assert.ok(listAt(process, "dpv:hasPersonalData").length > 0);
        assert.equal(at(process, "dpv:hasStorageCondition", 0, "dpv:hasLocation"), "loc:KG");
        assert.equal(at(process, "dpv:hasStorageCondition", 2, "dpv:hasDuration"), "P30D");
        assert.equal(at(process, "dpv:hasJurisdiction"), "loc:KG");
        assert.ok(isList(at(process, "dpv:hasRecipient")));
        assert.equal(at(process, "dpv:hasConsentControl", "@type"), "dpv:WithdrawConsent");
      }
      const events = listAt(record, "dpv:hasConsentStatus");
      for (const event of events) {
        assert.equal(at(event, "dpv:isIndicatedAtTime"), content.at);
        assert.equal(at(event, "dpv:isIndicatedBy"), at(record, "dpv:hasDataSubject", "@id"));
        assert.equal(at(event, "dpv:hasDuration", "@type"), "dpv:UntilEventDuration");
        assert.ok(processes.some((process) => at(process, "@id") === at(event, "dpv:isApplicableFor")));
      }
      const said = (type: string) => events.filter((event) => at(event, "@type") === type).length;
      assert.deepEqual(
        [said("dpv:ConsentGiven"), said("dpv:ConsentRefused")],
        [content.given.length, content.refused.length],
      );
    }),
  );
});

test("what the button itself asked for rests on the contract, a ticked box on consent alone", () => {
  const record = at(recordOf(consentBy("enrol", "ky", ["8.3"])), "dpv:hasRecordOfActivity", 0);
  const bases = listAt(record, "dpv:hasProcess").slice(0, 2).map((process) => at(process, "dpv:hasLegalBasis"));
  assert.deepEqual(bases, ["dpv:ContractPerformance", "dpv:Consent"]);
  const types = listAt(record, "dpv:hasConsentStatus").slice(0, 2).map((status) => at(status, "dpv:hasLegalBasis"));
  assert.deepEqual(types, ["dpv:ExpressedConsent", "dpv:ExplicitlyExpressedConsent"]);
});

test("third parties are named only for a purpose that may share data", () => {
  const record = at(recordOf(consentBy("enrol", "ru", ["8.3"])), "dpv:hasRecordOfActivity", 0);
  const recipients = listAt(record, "dpv:hasProcess").map((process) => listAt(process, "dpv:hasRecipient").length);
  const ids = listAt(record, "dpv:hasProcess").map((process) => at(process, "dct:identifier"));
  assert.deepEqual(ids.filter((_id, index) => recipients[index] === 1), ["8.3", "8.9"]);
});

test("a field that the form did not require is marked as optional", () => {
  const data = at(recordOf(consentBy("consultation", "ru", [])), "dpv:hasRecordOfActivity", 0, "dpv:hasProcess", 0);
  const fields = listAt(data, "dpv:hasPersonalData");
  assert.deepEqual(fields.map((one) => [at(one, "dct:identifier"), at(one, "dpv:hasNecessity")]), [
    ["surname", "dpv:Required"],
    ["firstName", "dpv:Required"],
    ["email", "dpv:Optional"],
    ["phone", "dpv:Required"],
  ]);
});

test("a withdrawal says for which purpose consent was withdrawn, when and by whom", () => {
  const receipt = recordOf(withdrawalOf("8.8"));
  const record = at(receipt, "dpv:hasRecordOfActivity", 0);
  assert.equal(at(record, "dpv:hasProcess", 0, "dpv:hasPurpose", "@type", 0), "dpv:DirectMarketing");
  assert.deepEqual(at(record, "dpv:hasConsentStatus"), [
    {
      "@type": "dpv:ConsentWithdrawn",
      "dpv:isApplicableFor": at(record, "dpv:hasProcess", 0, "@id"),
      "dpv:isIndicatedAtTime": "2026-12-01T03:00:00Z",
      "dpv:isIndicatedBy": `urn:uuid:${subject}`,
    },
  ]);
});

test("a request is a record of a right exercised: asked by the person, acknowledged by the company with its last day", () => {
  const record = recordOf(requestFor("destruction", "en"));
  assert.equal(at(record, "@type"), "dpv:RightExerciseRecord");
  assert.equal(at(record, "dpv:hasRight", "dct:identifier"), "destruction");
  const [asked = "", acknowledged = ""] = listAt(record, "dct:hasPart");
  assert.equal(at(asked, "dpv:hasRequestStatus"), "dpv:RequestInitiated");
  assert.equal(at(asked, "dpv:hasIdentifier"), "12");
  assert.equal(at(asked, "dpv:isIndicatedBy"), `urn:uuid:${subject}`);
  assert.equal(at(acknowledged, "dpv:hasRequestStatus"), "dpv:RequestAcknowledged");
  assert.equal(at(acknowledged, "dpv:isImplementedByEntity"), at(record, "dct:publisher", "@id"));
  assert.equal(at(acknowledged, "dpv:hasDuration", "dct:date"), "2027-01-02");
});

test("a purpose or a request that only an earlier policy had keeps its number and is given no words", () => {
  const process = at(recordOf(withdrawalOf("8.11")), "dpv:hasRecordOfActivity", 0, "dpv:hasProcess", 0);
  assert.deepEqual(at(process, "dpv:hasPurpose"), { "@type": "dpv:Purpose", "dct:identifier": "8.11" });
  const right = at(recordOf(requestFor("portability", "ru")), "dpv:hasRight");
  assert.deepEqual(Object.keys(right), ["@type", "dct:identifier", "dct:source"]);
});

test("a record is the same whenever it is drawn, and holds nothing about the person but the random number", () => {
  for (const content of everyContent) {
    const facts = factsOf(content);
    assert.deepEqual(describeRecord(facts), describeRecord(facts));
    const people = everyString(describeRecord(facts)).filter((text) => /@\S+\.|\+?996/.test(text));
    assert.deepEqual([...new Set(people)], [`mailto:${policy.controller.email}`]);
  }
});
