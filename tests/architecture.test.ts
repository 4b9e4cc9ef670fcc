import assert from "node:assert/strict";
import { test } from "node:test";
import { readImports, readSourceFiles, type SourceFile } from "./source-files.ts";

// The house of ARCHITECTURE.md: rooms of server/ in rows, arrows point down only.
const edges = ["web", "cli", "worker", "intake", "demo"];
const useCases = [
  ...["access", "consent", "doctor", "enquiries", "erasure", "keys", "mailings", "partners", "publishing"],
  ...["requests", "sign-in", "staff", "visits"],
];
const means = ["vault", "journal", "letters", "receipts", "queue", "observe"];
const ground = ["database", "config", "language"];

const files = readSourceFiles();
const isTest = (path: string) => /\.test\.tsx?$|-scene\.tsx?$|^(test-kit|tests|e2e|bench)\//.test(path);
const programFiles = files.filter(({ path }) => !isTest(path));
const serverFiles = programFiles.filter(({ path }) => path.startsWith("server/"));

/** "vault" for server/vault/gate.ts; "start.ts" for server/start.ts; undefined outside the server. */
const roomOf = (path: string) => /^server\/([^/]+)/.exec(path)?.[1];

/** Each arrow between two files as "from → to", where `isWrong` says so. */
function findArrows(isWrong: (from: string, to: string, erased: boolean) => boolean): readonly string[] {
  return programFiles.flatMap(({ path, imports }) =>
    imports
      .filter(({ file, erased }) => file !== undefined && isWrong(path, file, erased))
      .map(({ file }) => `${path} → ${file}`),
  );
}

function row(room: string): number {
  return [edges, useCases, means, ground].findIndex((rooms) => rooms.includes(room));
}

test("every room of the server stands in the house", () => {
  const rooms = new Set(programFiles.map(({ path }) => roomOf(path)));
  const known = [...edges, ...useCases, ...means, ...ground, "context.ts", "start.ts", "main.ts", undefined];
  assert.deepEqual([...rooms].filter((room) => !known.includes(room)), []);
});

test("an arrow never points up: edges, use cases, means, ground", () => {
  const wrong = findArrows((from, to, erased) => {
    const [above, below] = [roomOf(from), roomOf(to)];
    if (above === undefined || below === undefined || above === below) return false;
    // The context knows the means by type; `start` makes them. Only the outermost edge may start everything.
    if (above === "start.ts" || above === "main.ts") return false;
    if (above === "context.ts") return !erased;
    if (below === "context.ts") return !erased || ground.includes(above);
    if (below === "start.ts" || below === "main.ts") return above !== "cli";
    return row(above) > row(below);
  });
  assert.deepEqual(wrong, []);
});

test("use cases meet in policy/rules or in a job, never in each other", () => {
  const wrong = findArrows((from, to) => {
    const [one, other] = [roomOf(from) ?? "", roomOf(to) ?? ""];
    return one !== other && useCases.includes(one) && useCases.includes(other);
  });
  assert.deepEqual(wrong, []);
});

test("edges do not lean on each other; the command line alone starts the demo", () => {
  const wrong = findArrows((from, to) => {
    const [one, other] = [roomOf(from) ?? "", roomOf(to) ?? ""];
    const isDemo = one === "cli" && other === "demo";
    return one !== other && edges.includes(one) && edges.includes(other) && !isDemo;
  });
  assert.deepEqual(wrong, []);
});

test("the policy packages know nothing of the server, of npm packages or of Node", () => {
  const pure = programFiles.filter(({ path }) => /^(policy|policies)\//.test(path));
  const wrong = pure.flatMap(({ path, imports }) =>
    imports
      .filter(({ file }) => {
        if (file === undefined) return true;
        return !file.startsWith("policy/") && !(path.startsWith("policies/") && file.startsWith("policies/"));
      })
      .map(({ specifier }) => `${path} → ${specifier}`),
  );
  assert.deepEqual(wrong, []);
  const clockOrChance = /\bTemporal\.Now\b|\bDate\b\s*[.(]|\bnew\s+Date\b|\bMath\.random\b|\bglobalThis\b/;
  assert.deepEqual(findUses(pure, clockOrChance), []);
});

test("the ledger knows nothing of the server, the policy or npm packages", () => {
  const own = programFiles.filter(({ path }) => path.startsWith("ledger/"));
  const wrong = own.flatMap(({ path, imports }) =>
    imports
      .filter(({ file, specifier }) => !(file?.startsWith("ledger/") ?? specifier.startsWith("node:")))
      .map(({ specifier }) => `${path} → ${specifier}`),
  );
  assert.notDeepEqual(own, []);
  assert.deepEqual(wrong, []);
  const clockChanceOrSetting = /\bTemporal\.Now\b|\bDate\b\s*[.(]|\bnew\s+Date\b|\bMath\.random\b|\bprocess\.env\b/;
  assert.deepEqual(findUses(own, clockChanceOrSetting), []);
});

test("only the policies' own configuration names a policy", () => {
  const mayName = /^(policies|server\/config)\//;
  const wrong = findArrows((from, to) => to.startsWith("policies/") && !mayName.test(from));
  assert.deepEqual(wrong, []);
});

test("nothing that runs in production imports a test or the test kit", () => {
  assert.deepEqual(findArrows((_from, to) => isTest(to)), []);
});

test("nobody imports a test file", () => {
  const namesTest = ({ imports }: SourceFile) => imports.some(({ file }) => /\.test\.tsx?$/.test(file ?? ""));
  const importers = files.filter(namesTest);
  assert.deepEqual(importers.map(({ path }) => path), []);
});

test("no file imports itself, not by any way round", () => {
  assert.deepEqual(findCycles(files), []);
});

test("the environment is read in one place", () => {
  const elsewhere = serverFiles.filter(({ path }) => roomOf(path) !== "config");
  // A command hands it over whole.
  assert.deepEqual(findUses(elsewhere, /(?<!readConfig\()process\.env\b/), []);
});

test("what time it is and what chance decides come in as arguments", () => {
  const inner = serverFiles.filter(({ path }) => roomOf(path) !== "cli");
  const clockOrChance = /\bTemporal\.Now\b|\bnew\s+Date\b|\bDate\.(now|parse|UTC)\b|\bMath\.random\b/;
  assert.deepEqual(findUses(inner, clockOrChance), []);
});

test("no page carries a style or a script in an attribute: the browser is told to refuse them", () => {
  const pages = programFiles.filter(({ path }) => path.startsWith("server/web/"));
  assert.deepEqual(findUses(pages, /\s(style|on[a-z]+|on[A-Z][a-z]+)=["'{`]/), []);
});

test("every way of importing is seen", () => {
  const text = [
    'import { a } from "./a.ts";',
    'import type { B } from "./b.ts";',
    'import {\n  type C,\n  d,\n} from "../c.ts";',
    'import "./e.ts";',
    'export { f } from "./f.ts";',
    'export * from "node:g";',
    'export const h = "i";',
    'const j = await import("./j.ts");',
  ].join("\n");
  const seen = readImports("server/x/y.ts", text);
  assert.deepEqual(seen.map(({ file, specifier, erased }) => [file ?? specifier, erased]), [
    ["server/x/a.ts", false],
    ["server/x/b.ts", true],
    ["server/c.ts", false],
    ["server/x/e.ts", false],
    ["server/x/f.ts", false],
    ["node:g", false],
    ["server/x/j.ts", false],
  ]);
  const one = (path: string, to: string): SourceFile => {
    const written = `import "${to}";`;
    return { path, text: written, imports: readImports(path, written) };
  };
  assert.deepEqual(findCycles([one("a.ts", "./b.ts"), one("b.ts", "./a.ts")]), ["a.ts → b.ts → a.ts"]);
});

/** "path:line" of each line of program (not of comment) that matches. */
function findUses(among: readonly SourceFile[], pattern: RegExp): readonly string[] {
  return among.flatMap(({ path, text }) =>
    text.split("\n").flatMap((line, index) => {
      const isComment = /^\s*(\/\/|\/?\*)/.test(line);
      return !isComment && pattern.test(line) ? [`${path}:${index + 1}`] : [];
    }),
  );
}

/** Cycles among imports that are left at run time; each is found once, from where it was entered. */
function findCycles(among: readonly SourceFile[]): readonly string[] {
  const byPath = new Map(among.map((file) => [file.path, file]));
  const finished = new Set<string>();
  const cycles: string[] = [];
  const visit = (path: string, way: readonly string[]) => {
    if (way.includes(path)) return void cycles.push([...way.slice(way.indexOf(path)), path].join(" → "));
    if (finished.has(path)) return;
    const kept = byPath.get(path)?.imports.filter(({ erased }) => !erased) ?? [];
    for (const { file } of kept) if (file !== undefined) visit(file, [...way, path]);
    finished.add(path);
  };
  for (const { path } of among) visit(path, []);
  return cycles;
}
