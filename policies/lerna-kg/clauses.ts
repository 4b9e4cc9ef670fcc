import type { ClauseCoverage } from "../../policy/language/policy.ts";

/**
 * How every clause of the text is kept, by which files, and which tests show it. `open` is the honest word for a
 * promise that the software does not keep yet. `ubada policy clauses` prints this; a test checks that every file
 * named here exists.
 */
export const clauses = {
  "1": {
    kind: "partly",
    by: [
      "policies/lerna-kg/policy.ts",
      "policy/language/operations.ts",
      "policy/rules/accept-form.ts",
      "server/enquiries/submit-enquiry.ts",
    ],
    tests: ["tests/conformance/clause-1.test.ts"],
    missing: "Representatives and the check of site domains.",
  },
  "2": {
    kind: "informational",
    reason: "Says what the policy contains; its parts are enforced clause by clause.",
  },
  "3": {
    kind: "partly",
    by: ["server/enquiries/submit-enquiry.ts", "server/requests/receive-letter.ts"],
    tests: ["tests/conformance/clause-3.test.ts"],
    missing: "Paper and phone.",
  },
  "4": {
    kind: "enforced",
    by: [
      "policy/rules/accept-form.ts",
      "server/enquiries/submit-enquiry.ts",
      "server/enquiries/shown-text.ts",
    ],
    tests: ["tests/conformance/clause-4.test.ts"],
  },
  "5": {
    kind: "enforced",
    by: [
      "policy/review/check-policy.ts",
      "policy/rules/accept-form.ts",
      "server/enquiries/submit-enquiry.ts",
    ],
    tests: ["tests/conformance/clause-5.test.ts"],
  },
  "6": {
    kind: "enforced",
    by: [
      "policy/rules/consent-state.ts",
      "policy/rules/decide-use.ts",
      "server/database/migrations/001-vault-and-journal.sql",
    ],
    tests: ["tests/conformance/clause-6.test.ts"],
  },
  "7": {
    kind: "partly",
    by: ["server/requests/receive-letter.ts", "server/requests/sort-letter.ts"],
    tests: ["tests/conformance/clause-7.test.ts"],
    missing:
      "A letter that asks to correct data goes to staff, who cannot correct it here yet. " +
      "A letter withdraws from the moment its link is pressed; of one that nobody confirms staff can only take note.",
  },
  "8": {
    kind: "enforced",
    by: ["policy/rules/decide-use.ts", "server/database/migrations/001-vault-and-journal.sql"],
    tests: ["tests/conformance/clause-8.test.ts", "tests/database-decides-as-the-policy.test.ts"],
  },
  "8.1": {
    kind: "partly",
    by: [
      "policy/rules/decide-use.ts",
      "server/database/migrations/001-vault-and-journal.sql",
      "server/sign-in/ask-code.ts",
    ],
    tests: ["tests/conformance/clause-8.test.ts"],
    missing: "Registration. People come to their cabinet by a code, and for that their right under clause 16 is enough.",
  },
  "8.2": {
    kind: "partly",
    by: [
      "policy/rules/decide-use.ts",
      "server/database/migrations/001-vault-and-journal.sql",
      "server/enquiries/reveal-field.ts",
      "server/enquiries/fulfil-enquiry.ts",
    ],
    tests: ["tests/conformance/clause-8.2.test.ts"],
    missing: "Partners who take part in it. What staff say to the person is not kept here.",
  },
  "8.3": {
    kind: "partly",
    by: ["policy/rules/decide-use.ts", "server/database/migrations/001-vault-and-journal.sql"],
    tests: ["tests/conformance/clause-8.test.ts"],
    missing: "Accounts on partner sites. The gate refuses every use that is not consented to.",
  },
  "8.4": {
    kind: "partly",
    by: ["policy/rules/decide-use.ts", "server/database/migrations/001-vault-and-journal.sql"],
    tests: ["tests/conformance/clause-8.test.ts"],
    missing: "Mailings. The gate refuses every use that is not consented to.",
  },
  "8.5": {
    kind: "partly",
    by: ["policy/rules/decide-use.ts", "server/database/migrations/001-vault-and-journal.sql"],
    tests: ["tests/conformance/clause-8.test.ts"],
    missing: "Advertising and preferences. The gate refuses every use that is not consented to.",
  },
  "8.6": {
    kind: "partly",
    by: ["policy/rules/decide-use.ts", "server/database/migrations/001-vault-and-journal.sql"],
    tests: ["tests/conformance/clause-8.test.ts"],
    missing: "Analytics of visits. The gate refuses every use that is not consented to.",
  },
  "8.7": {
    kind: "partly",
    by: ["policy/rules/decide-use.ts", "server/database/migrations/001-vault-and-journal.sql"],
    tests: ["tests/conformance/clause-8.test.ts"],
    missing: "Depersonalisation and statistics. The gate refuses every use that is not consented to.",
  },
  "8.8": {
    kind: "partly",
    by: ["policy/rules/decide-use.ts", "server/database/migrations/001-vault-and-journal.sql"],
    tests: ["tests/conformance/clause-8.test.ts"],
    missing: "Mailings and their channels. The gate refuses every use that is not consented to.",
  },
  "8.9": {
    kind: "partly",
    by: ["policy/rules/decide-use.ts", "server/database/migrations/001-vault-and-journal.sql"],
    tests: ["tests/conformance/clause-8.test.ts"],
    missing: "Research and its contractors. The gate refuses every use that is not consented to.",
  },
  "8.10": {
    kind: "partly",
    by: ["policy/rules/decide-use.ts", "server/database/migrations/001-vault-and-journal.sql"],
    tests: ["tests/conformance/clause-8.test.ts"],
    missing: "Partner banks. The gate refuses every use that is not consented to.",
  },
  "9": {
    kind: "informational",
    reason: "States what the company assumes; the declaration a form takes is clause 4's and 9.1's.",
  },
  "9.1": {
    kind: "partly",
    by: ["server/enquiries/submit-enquiry.ts"],
    tests: ["tests/conformance/clause-9.1.test.ts"],
    missing: "Consent given by a legal representative.",
  },
  "9.2": { kind: "informational", reason: "A duty of the User; what they typed is kept as they typed it." },
  "9.3": { kind: "open", missing: "People cannot correct their data themselves yet." },
  "9.4": { kind: "open", missing: "Nothing that a person places on the site is shown to others yet." },
  "10": { kind: "informational", reason: "Heads the list of principles." },
  "10.1": {
    kind: "enforced",
    by: [
      "server/vault/gate.ts",
      "policy/rules/decide-use.ts",
      "server/database/migrations/001-vault-and-journal.sql",
    ],
    tests: ["tests/conformance/clause-10.test.ts", "tests/database-decides-as-the-policy.test.ts"],
  },
  "10.2": {
    kind: "enforced",
    by: ["policy/rules/decide-use.ts", "server/database/migrations/001-vault-and-journal.sql"],
    tests: ["tests/conformance/clause-10.test.ts"],
  },
  "10.3": {
    kind: "enforced",
    by: ["policy/rules/decide-use.ts", "server/database/migrations/001-vault-and-journal.sql"],
    tests: ["tests/conformance/clause-10.test.ts", "tests/database-decides-as-the-policy.test.ts"],
  },
  "10.4": {
    kind: "enforced",
    by: [
      "policy/rules/decide-use.ts",
      "server/database/migrations/001-vault-and-journal.sql",
      "policy/review/check-policy.ts",
    ],
    tests: ["tests/conformance/clause-10.test.ts"],
  },
  "10.5": {
    kind: "enforced",
    by: [
      "policy/rules/decide-use.ts",
      "server/database/migrations/001-vault-and-journal.sql",
      "policy/rules/accept-form.ts",
      "server/enquiries/submit-enquiry.ts",
    ],
    tests: ["tests/conformance/clause-10.test.ts"],
  },
  "10.6": {
    kind: "partly",
    by: ["server/enquiries/read-phone.ts", "server/enquiries/read-email.ts"],
    tests: ["tests/conformance/clause-10.test.ts"],
    missing: "Reports of stale data.",
  },
  "10.7": {
    kind: "partly",
    by: ["server/erasure/run-erasure.ts"],
    tests: ["tests/conformance/clause-10.7.test.ts"],
    missing: "Outside systems, paper and backups.",
  },
  "11": {
    kind: "partly",
    by: ["server/vault/seal.ts", "server/vault/gate.ts"],
    tests: ["tests/no-personal-data-anywhere.test.ts"],
    missing: "A register of measures with owners and evidence.",
  },
  "11.1": {
    kind: "partly",
    by: ["server/cli/doctor.ts"],
    tests: ["tests/conformance/clause-11.1.test.ts"],
    missing: "Only the operator knows where the machine stands; `doctor` asks.",
  },
  "11.2": { kind: "open", missing: "Operations on paper cannot be entered yet." },
  "11.3": {
    kind: "partly",
    by: ["policy/rules/decide-use.ts", "server/database/migrations/001-vault-and-journal.sql"],
    tests: ["tests/conformance/clause-8.test.ts"],
    missing: "There are no partners yet: nothing can be passed on at all.",
  },
  "11.4": { kind: "open", missing: "Undertakings of staff and partners are not recorded yet." },
  "11.5": { kind: "open", missing: "Prints and exports are not registered yet." },
  "11.6": {
    kind: "partly",
    by: ["policy/rules/consent-state.ts", "server/vault/accept-stop.ts"],
    tests: ["tests/conformance/clause-11.6.test.ts"],
    missing: "End of a consent's validity by time.",
  },
  "11.6.1": {
    kind: "enforced",
    by: ["server/requests/open-from-cabinet.ts", "server/erasure/run-erasure.ts"],
    tests: ["tests/conformance/clause-11.6.test.ts"],
  },
  "11.6.2": {
    kind: "partly",
    by: [
      "server/requests/confirm-request.ts",
      "server/requests/open-from-cabinet.ts",
      "server/erasure/run-erasure.ts",
    ],
    tests: ["tests/conformance/clause-11.6.test.ts"],
    missing: "A letter that demands destruction in words of its own goes to staff, who cannot begin it for the person.",
  },
  "11.6.3": { kind: "open", missing: "No consent of this policy expires by time yet." },
  "11.7": { kind: "open", missing: "Nothing is kept depersonalised: everything is destroyed." },
  "12": { kind: "open", missing: "There are no partners yet: nothing can be passed on at all." },
  "12.1": { kind: "open", missing: "There are no partners yet: nothing can be passed on at all." },
  "12.2": { kind: "open", missing: "There are no partners yet: nothing can be passed on at all." },
  "12.3": { kind: "open", missing: "There are no partners yet: nothing can be passed on at all." },
  "13": { kind: "open", missing: "There are no partners yet: nothing can be passed on at all." },
  "14": {
    kind: "open",
    missing: "The site sets no cookie but those of signing in, and loads nothing from elsewhere; the inventory and the choice are not there yet.",
  },
  "15": {
    kind: "partly",
    by: ["server/web/same-origin.ts", "server/observe/events.ts"],
    tests: ["tests/no-personal-data-anywhere.test.ts"],
    missing: "Visits are not recorded at all.",
  },
  "16": {
    kind: "partly",
    by: ["server/web/cabinet/routes.ts", "policy/rules/deadline.ts"],
    tests: ["tests/conformance/clause-16.test.ts"],
    missing:
      "Correction and the claim of unlawful processing are handled by staff by hand; representatives. " +
      "Of letters the cabinet shows that they are there, not what they say.",
  },
  "17": {
    kind: "partly",
    by: ["server/vault/accept-stop.ts", "server/erasure/run-erasure.ts", "server/worker/sweep.ts"],
    tests: ["tests/conformance/clause-17.test.ts", "tests/erasure-survives-a-kill.test.ts"],
    missing: "Partners, outside systems, paper and backups.",
  },
  "17.1": { kind: "open", missing: "Staff cannot record a finding of unlawful processing yet." },
  "17.2": {
    kind: "enforced",
    by: ["server/consent/withdraw-consent.ts", "server/requests/confirm-request.ts"],
    tests: ["tests/conformance/clause-17.test.ts"],
  },
  "17.3": {
    kind: "partly",
    by: ["server/requests/open-from-cabinet.ts"],
    tests: ["tests/conformance/clause-17.test.ts"],
    missing: "A letter that demands destruction in words of its own goes to staff, who cannot begin it for the person.",
  },
  "17.4": {
    kind: "partly",
    by: ["server/enquiries/fulfil-enquiry.ts"],
    tests: ["tests/conformance/clause-8.2.test.ts"],
    missing: "While the person waits for an answer their data is used for nothing, but its 30 days are not counted.",
  },
  "18": { kind: "open", missing: "There are no partners yet: nothing can be passed on at all." },
  "19": {
    kind: "partly",
    by: ["server/publishing/publish-policy.ts"],
    tests: ["tests/conformance/clause-19.test.ts"],
    missing: "Old versions have no page of their own yet.",
  },
  "20": {
    kind: "open",
    missing: "There has been only one version; acceptance of a new one is not asked yet.",
  },
  "21": {
    kind: "partly",
    by: ["server/requests/receive-letter.ts"],
    tests: ["tests/conformance/clause-21.test.ts"],
    missing: "Staff answer from their own mailbox.",
  },
} as const satisfies Record<string, ClauseCoverage>;
