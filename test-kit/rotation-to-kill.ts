import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { DatabaseAddress } from "../server/database/address.ts";

const main = fileURLToPath(new URL("../server/cli/main.ts", import.meta.url));

/** `ubada keys <word>` on a folder of secrets and a database, as a process that can be killed. */
export interface RotationToKill {
  /** Returns how it ended. */
  run(): Promise<number | null>;
  /** Kills it so long after it has written so many lines; it may have ended before. */
  kill(lines: number, ms: number): Promise<void>;
}

export function rotationToKill(word: string, folder: string, address: DatabaseAddress): RotationToKill {
  const start = (): ChildProcess => {
    const { PATH = "" } = process.env;
    const env = { PATH, UBADA_DATA: folder, DATABASE_URL: urlOf(address) };
    return spawn(process.execPath, [main, "keys", word], { env, stdio: ["ignore", "pipe", "inherit"] });
  };
  return {
    async run() {
      const [code] = (await once(start(), "close")) as [number | null];
      return code;
    },
    async kill(lines, ms) {
      const child = start();
      const closed = once(child, "close");
      let written = "";
      child.stdout?.setEncoding("utf8").on("data", (text: string) => (written += text));
      while (written.split("\n").length <= lines && child.exitCode === null) await pause(1);
      await Promise.race([pause(ms), closed]);
      child.kill("SIGKILL");
      await closed;
    },
  };
}

/** From before the key is made to after everything is moved; where in a step each falls is left to chance. */
export function momentsToKill(): readonly { readonly line: number; readonly ms: number; readonly when: string }[] {
  const moments = [
    ...Array.from({ length: 4 }, () => ({ line: 0, ms: 200 + Math.random() * 700 })),
    ...Array.from({ length: 7 }, (_, index) => ({ line: 1 + (index % 4), ms: Math.random() * 200 })),
  ];
  return moments.map(({ line, ms }) => {
    return { line, ms, when: `${ms.toFixed(0)} ms after ${line === 0 ? "it began" : `its line ${line}`}` };
  });
}

function urlOf({ host, port, user, password = "", database: name }: DatabaseAddress): string {
  const [secret, folderOfSocket] = [encodeURIComponent(password), encodeURIComponent(host)];
  return `postgres://${user}:${secret}@localhost/${name}?host=${folderOfSocket}&port=${port}`;
}
