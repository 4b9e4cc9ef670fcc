import type { Progress } from "../keys/rotate-keys.ts";
import type { CommandOutput } from "./command.ts";

/** Writes a line at the start, and one whenever another tenth is done. `what`: "keys are under the new epoch". */
export function writeProgress(io: CommandOutput, what: string): (progress: Progress) => void {
  let written = -1;
  return ({ done, total }) => {
    const tenths = total === 0 ? 10 : Math.floor((done * 10) / total);
    if (tenths <= written) return;
    written = tenths;
    io.out(`${done} of ${total} ${what}.`);
  };
}
