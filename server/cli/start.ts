import { readConfig } from "../config/read-config.ts";
import type { Command } from "./command.ts";
import { runUntilStopped } from "./run-until-stopped.ts";

export const start: Command = {
  name: "start",
  summary: "serve web, mail intake and jobs",
  usage: [
    "ubada start",
    "",
    "Serves until Ctrl-C. Settings come from the environment:",
    "  HOST, PORT          where the web answers (127.0.0.1:8080)",
    "  PUBLIC_URL          the address people use, for links in letters",
    "  UBADA_DATA          the folder of data and keys (./data)",
    "  DATABASE_URL        your own PostgreSQL 15 to 18 instead of the built-in one",
    "  SMTP_URL            where letters go out; without it they wait in the console",
    "  MAIL_FROM           the address that letters come from (the policy's)",
    "  INTAKE_PORT         where letters come in, on 127.0.0.1 (8025)",
    "  INTAKE_PROTOCOL     smtp or lmtp (smtp)",
    "  BEHIND_PROXY        yes if a proxy of yours stands in front and sets X-Forwarded-For",
    "  POSTS_PER_MINUTE    how many forms one client may post in a minute (60)",
    "  BACKUP_WINDOW_DAYS  how long backups are kept; after a rotation old keys live as long (30)",
    "  WITNESSES           who cosigns the ledger, ADDRESS KEY for each: https://witness.example/ witness.example+…",
    "  JOURNAL_RETENTION_MONTHS",
    "                      for how many months journal entries are kept, 36 to 1200 (60); evidence of them stays",
    "  CLOCK_WAS_AHEAD     yes, for a while, if a start is refused for the clock although it is right now",
    "  UBADA_KEK           the key-encryption key in base64, if you keep it elsewhere than in a file;",
    "                      after a rotation UBADA_KEK_2 and so on; see: ubada keys --help",
    "  UBADA_TRANSIT_URL   a transit service (OpenBao, HashiCorp Vault) that alone opens those keys, https;",
    "                      with UBADA_TRANSIT_TOKEN_FILE; see: ubada keys --help",
  ].join("\n"),
  run: (_args, io) => runUntilStopped(readConfig(process.env, "production"), io, { now: () => Temporal.Now.instant() }),
};
