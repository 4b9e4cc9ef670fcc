import { globSync, readFileSync } from "node:fs";
import { posix } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));

export interface Import {
  /** As written, for example "../vault/gate.ts" or "node:fs". */
  readonly specifier: string;
  /** For a relative specifier: the file from the root, for example "server/vault/gate.ts". */
  readonly file: string | undefined;
  /** Only types: nothing of it is left when the program runs. */
  readonly erased: boolean;
}

export interface SourceFile {
  /** From the root, with forward slashes. */
  readonly path: string;
  readonly text: string;
  readonly imports: readonly Import[];
}

/** Every TypeScript file of ours. */
export function readSourceFiles(): readonly SourceFile[] {
  const paths = globSync("{policy,policies,ledger,server,test-kit,tests,e2e,bench}/**/*.{ts,tsx}", { cwd: root });
  return paths.toSorted().map((path) => {
    const text = readFileSync(`${root}/${path}`, "utf8");
    return { path, text, imports: readImports(path, text) };
  });
}

/**
 * `import … from "x"`, `export … from "x"`, `import "x"` at the beginning of a line; `import("x")` anywhere.
 */
const fromLine = /^(?:import|export)\s+(?<type>type\s)?(?:[\w*{][^"';]*?\sfrom\s+)?"(?<specifier>[^"]+)"/gm;
const call = /\bimport\("(?<specifier>[^"]+)"\)/g;

export function readImports(path: string, text: string): readonly Import[] {
  const found = [...text.matchAll(fromLine), ...text.matchAll(call)];
  return found.map(({ groups }) => {
    const specifier = groups?.["specifier"] ?? "";
    const file = specifier.startsWith(".") ? posix.join(posix.dirname(path), specifier) : undefined;
    return { specifier, file, erased: groups?.["type"] !== undefined };
  });
}
