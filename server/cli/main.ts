import { isErrorForPeople } from "./error-for-people.ts";
import { type Command, CommandError } from "./command.ts";

/** Each command's file is read only when it is called, so that `due` does not wait for the web. */
const commands: Readonly<Record<string, () => Promise<Command>>> = {
  start: async () => (await import("./start.ts")).start,
  demo: async () => (await import("./demo.ts")).demo,
  doctor: async () => (await import("./doctor.ts")).doctor,
  policy: async () => (await import("./policy.ts")).policy,
  keys: async () => (await import("./keys.ts")).keys,
  due: async () => (await import("./due.ts")).due,
  ledger: async () => (await import("./ledger.ts")).ledger,
};

async function main(args: readonly string[]): Promise<number> {
  const [name, ...rest] = args;
  const load = name === undefined ? undefined : commands[name];
  if (!load) {
    await printCommands();
    if (name === undefined || name === "help" || name === "--help") return 0;
    throw new CommandError(`There is no command «${name}»; choose one of the list above.`);
  }
  const command = await load();
  if (rest.includes("--help")) {
    out(command.usage);
    return 0;
  }
  return command.run(rest, { out });
}

async function printCommands(): Promise<void> {
  out("ubada <command> [options]; every command has --help\n");
  for (const load of Object.values(commands)) {
    const { name, summary } = await load();
    out(`  ${name.padEnd(8)} ${summary}`);
  }
}

function out(line: string): void {
  process.stdout.write(`${line}\n`);
}

// Whoever reads the output may have had enough of it: `ubada policy clauses | head` is not a fault.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  process.exit(0);
});

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (!isErrorForPeople(error)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = error instanceof CommandError ? error.exitCode : 1;
}
