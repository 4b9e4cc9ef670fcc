import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { openKeyProvider } from "../config/key-provider.ts";
import { openLookupKeys } from "../config/lookup-keys.ts";
import type { Finding } from "./finding.ts";

/** The keys must be there, readable by the operator alone, and copied somewhere else than the data. */
export function checkSecrets(directory: string): readonly Finding[] {
  const names = readdirSync(directory).filter((name) => name.endsWith(".key"));
  const exposed = names.filter((name) => (statSync(join(directory, name)).mode & 0o077) !== 0);
  const findings = exposed.map((name): Finding => ({
    level: "bad",
    sentence: `Others on this machine can read ${join(directory, name)}; run: chmod 600 ${join(directory, name)}`,
  }));
  return exposed.length > 0 ? findings : [checkKeys(directory)];
}

function checkKeys(directory: string): Finding {
  try {
    openLookupKeys(directory);
    const provider = openKeyProvider(directory);
    const epochs = provider.read().map(({ epoch }) => epoch);
    const where = provider.kind === "files" ? `in ${directory}` : `in ${directory} and the environment`;
    const which = epochs.length === 1 ? "" : ` (epochs ${epochs.join(", ")}; see ubada keys status)`;
    const advice = "keep a copy elsewhere, never beside a database backup.";
    return { level: "good", sentence: `The keys are ${where}${which}; ${advice}` };
  } catch (error) {
    if (!(error instanceof Error && "code" in error)) throw error;
    return { level: "bad", sentence: error.message };
  }
}
