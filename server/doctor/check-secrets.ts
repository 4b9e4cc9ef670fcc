import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Finding } from "./finding.ts";

/** The keys must be there, readable by the operator alone, and copied somewhere else than the data. */
export function checkSecrets(directory: string): readonly Finding[] {
  const names = readdirSync(directory).filter((name) => name.endsWith(".key"));
  const exposed = names.filter((name) => (statSync(join(directory, name)).mode & 0o077) !== 0);
  return [
    ...exposed.map((name): Finding => ({
      level: "bad",
      sentence: `Others on this machine can read ${join(directory, name)}; run: chmod 600 ${join(directory, name)}`,
    })),
    names.includes("kek-1.key") && names.includes("lookup.key")
      ? { level: "good", sentence: `The keys are in ${directory}; keep a copy elsewhere, never beside a database backup.` }
      : { level: "bad", sentence: `Keys are missing in ${directory}; without them nobody's data can be read.` },
  ];
}
