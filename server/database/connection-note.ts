import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { DatabaseAddress } from "./address.ts";

/** Where a running Ubada's database listens, so that other commands on this machine find it; holds no password. */
export type ConnectionNote = Pick<DatabaseAddress, "host" | "port" | "database">;

const fileName = "connection.json";

export function writeConnectionNote(dataDirectory: string, { host, port, database }: DatabaseAddress): void {
  writeFileSync(join(dataDirectory, fileName), `${JSON.stringify({ host, port, database })}\n`, { mode: 0o600 });
}

/** The note of the last start, or undefined if Ubada never ran on this folder. */
export function readConnectionNote(dataDirectory: string): ConnectionNote | undefined {
  try {
    return JSON.parse(readFileSync(join(dataDirectory, fileName), "utf8")) as ConnectionNote;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}
