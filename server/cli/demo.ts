import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { readConfig } from "../config/read-config.ts";
import { createDemoClock } from "../demo/demo-clock.ts";
import { fillDemo } from "../demo/fill-demo.ts";
import type { Command } from "./command.ts";
import { runUntilStopped } from "./run-until-stopped.ts";

export const demo: Command = {
  name: "demo",
  summary: "fill a demo with people, letters and a clock that can be moved, and serve it",
  usage: [
    "ubada demo",
    "",
    "Serves a demo with invented people and letters, in a folder of its own (./data-demo, or UBADA_DATA).",
    "Its clock is moved by the buttons at the top of each page of the console. It refuses a database that holds",
    "real people. The other settings are those of `ubada start`; to run both at once, give one of them other ports.",
  ].join("\n"),
  async run(_args, io) {
    const config = readConfig(process.env, "demo");
    mkdirSync(config.dataDirectory, { recursive: true });
    const clock = createDemoClock(join(config.dataDirectory, "demo-clock"), () => Temporal.Now.instant());
    return runUntilStopped(config, io, { now: () => clock.now(), demoClock: clock, whenServing: fillDemo });
  },
};
