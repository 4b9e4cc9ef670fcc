import { parseArgs } from "node:util";
import type { ClauseCoverage } from "../../policy/language/policy.ts";
import { policy as appPolicy, policyDirectory } from "../config/policy.ts";
import { loadPolicy } from "../publishing/load-policy.ts";
import { type Command, CommandError } from "./command.ts";

interface ClauseLine {
  readonly clause: string;
  readonly status: ClauseCoverage["kind"];
  readonly by: readonly string[];
  readonly tests: readonly string[];
  readonly note: string;
}

export const policy: Command = {
  name: "policy",
  summary: "review the policy: every clause with what enforces it and which test shows it",
  usage: [
    "ubada policy clauses [--json]",
    "",
    "Lists every clause of the text: enforced, partly, open (not kept by software yet) or informational,",
    "with the files that enforce it and the tests that show it. Fails if the value and the texts disagree.",
    "",
    "  --json   print one JSON array",
  ].join("\n"),
  async run(args, io) {
    const { values, positionals } = readArguments(args);
    if (positionals.length !== 1 || positionals[0] !== "clauses") {
      throw new CommandError("Say what to do with the policy: ubada policy clauses");
    }
    const { ru } = loadPolicy(appPolicy, policyDirectory);
    // In the order of the text: an object would put whole numbers before 1.1.
    const coverage: Readonly<Record<string, ClauseCoverage>> = appPolicy.clauses;
    const lines = ru.text.clauses.flatMap(({ id }) => (coverage[id] ? [describe(id, coverage[id])] : []));
    if (values.json) io.out(JSON.stringify(lines, null, 2));
    else for (const line of [...lines.flatMap(print), "", ...summary(lines)]) io.out(line);
    return 0;
  },
};

function readArguments(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], allowPositionals: true, options: { json: { type: "boolean", default: false } } });
  } catch (cause) {
    throw new CommandError("That option is unknown; see: ubada policy --help", { cause });
  }
}

function describe(clause: string, coverage: ClauseCoverage): ClauseLine {
  const named = coverage.kind === "enforced" || coverage.kind === "partly";
  return {
    clause,
    status: coverage.kind,
    by: named ? coverage.by : [],
    tests: named ? coverage.tests : [],
    note: coverage.kind === "enforced" ? "" : coverage.kind === "informational" ? coverage.reason : coverage.missing,
  };
}

function print({ clause, status, by, tests, note }: ClauseLine): readonly string[] {
  return [
    `${clause.padEnd(7)}${status.padEnd(14)}${note}`.trimEnd(),
    ...by.map((file) => `         by    ${file}`),
    ...tests.map((file) => `         test  ${file}`),
  ];
}

function summary(lines: readonly ClauseLine[]): readonly string[] {
  const statuses = ["enforced", "partly", "open", "informational"] as const;
  const counts = statuses.map((status) => `${lines.filter((line) => line.status === status).length} ${status}`);
  return [`${lines.length} clauses: ${counts.join(", ")}`];
}
