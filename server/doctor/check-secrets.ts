import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { type Environment, openKeyProvider } from "../config/key-provider.ts";
import { openLookupKeys } from "../config/lookup-keys.ts";
import type { Finding } from "./finding.ts";

/** The keys must be there, readable by the operator alone, and copied somewhere else than the data. */
export async function checkSecrets(directory: string, environment?: Environment): Promise<readonly Finding[]> {
  const paths = readdirSync(directory).map((name) => join(directory, name));
  const exposed = paths.filter((path) => /\.(key|transit|doomed)$/.test(path) && (statSync(path).mode & 0o077) !== 0);
  const findings = exposed.map((path): Finding => ({
    level: "bad",
    sentence: `Others on this machine can read ${path}; run: chmod 600 ${path}`,
  }));
  return [
    ...(exposed.length > 0 ? findings : [await checkKeys(directory, environment)]),
    ...paths.filter((path) => path.endsWith(".doomed")).map(notDestroyed),
  ];
}

function notDestroyed(path: string): Finding {
  return {
    level: "bad",
    sentence:
      `${path} should be destroyed and is still here, so backups can be read that should not be. ` +
      "A running Ubada tries it every minute; its log says why it fails (job-failed, sweep).",
  };
}

/** Where else the keys are than in the folder. */
const beside = {
  files: "",
  environment: " and the environment",
  transit: ", and open only with the transit service, which answers",
} as const;

async function checkKeys(directory: string, environment?: Environment): Promise<Finding> {
  try {
    openLookupKeys(directory);
    const provider = openKeyProvider(directory, environment);
    const epochs = (await provider.read()).map(({ epoch }) => epoch);
    const where = `in ${directory}${beside[provider.kind]}`;
    const which = epochs.length === 1 ? "" : ` (epochs ${epochs.join(", ")}; see ubada keys status)`;
    const advice = "keep a copy elsewhere, never beside a database backup.";
    return { level: "good", sentence: `The keys are ${where}${which}; ${advice}` };
  } catch (error) {
    if (!(error instanceof Error && "code" in error)) throw error;
    return { level: "bad", sentence: error.message };
  }
}
