import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { openKeyProvider } from "../config/key-provider.ts";
import type { Finding } from "./finding.ts";

/** The keys must be there, readable by the operator alone, and copied somewhere else than the data. */
export async function checkSecrets(directory: string): Promise<readonly Finding[]> {
  const names = readdirSync(directory).filter((name) => name.endsWith(".key"));
  const exposed = names.filter((name) => (statSync(join(directory, name)).mode & 0o077) !== 0);
  const findings = exposed.map((name): Finding => ({
    level: "bad",
    sentence: `Others on this machine can read ${join(directory, name)}; run: chmod 600 ${join(directory, name)}`,
  }));
  return exposed.length > 0 ? findings : [await checkKeys(directory)];
}

async function checkKeys(directory: string): Promise<Finding> {
  if (!existsSync(join(directory, "lookup.key"))) {
    return { level: "bad", sentence: `Keys are missing in ${directory}; without them nobody's data can be read.` };
  }
  try {
    const provider = openKeyProvider(directory);
    const epochs = (await provider.read()).map(({ epoch }) => epoch);
    const where = provider.kind === "files" ? `in ${directory}` : `in ${directory} and the environment`;
    const which = epochs.length === 1 ? "" : ` (epochs ${epochs.join(", ")}; see ubada keys status)`;
    const advice = "keep a copy elsewhere, never beside a database backup.";
    return { level: "good", sentence: `The keys are ${where}${which}; ${advice}` };
  } catch (error) {
    if (!(error instanceof Error && "code" in error)) throw error;
    return { level: "bad", sentence: error.message };
  }
}
