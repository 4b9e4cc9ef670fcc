import { once } from "node:events";
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from "smtp-server";
import type { Context } from "../context.ts";
import { codeOf } from "../observe/events.ts";
import { receiveLetter } from "../requests/receive-letter.ts";
import { normaliseEmail } from "../vault/blind-index.ts";
import { type BufferBudget, readBounded } from "./read-bounded.ts";
import { replies, SmtpReply } from "./smtp-reply.ts";

/** The largest letter that is taken, in bytes: what large providers let people send. */
export const largestLetter = 25 * 1024 * 1024;

/** What all letters that are under way may take in memory together. */
const memoryForLetters = 3 * largestLetter;

export interface Intake extends AsyncDisposable {
  readonly port: number;
}

/**
 * Takes letters to the company's address by SMTP or LMTP on a loopback port, from the operator's own mail server. 250
 * is said only once the letter is stored; any fault is a 451, and the mail server tries again.
 */
export async function startIntake(ctx: Context): Promise<Intake> {
  const { host, port, protocol } = ctx.config.intake;
  const company = normaliseEmail(ctx.policy.controller.email);
  const underWay = new Set<Promise<void>>();
  const budget: BufferBudget = { left: memoryForLetters };
  const server = new SMTPServer({
    lmtp: protocol === "lmtp",
    name: new URL(ctx.config.origin).hostname,
    // Only the operator's mail server reaches a loopback port; there is nobody to authenticate or to hide from.
    disabledCommands: ["AUTH", "STARTTLS"],
    disableReverseLookup: true,
    size: largestLetter,
    // SIZE is offered without a number, so that a letter too large is refused in our words and not the library's.
    hideSize: true,
    maxClients: 20,
    maxRecipients: 10,
    socketTimeout: 60_000,
    closeTimeout: 5_000,
    onMailFrom({ args }, _session, done) {
      const announced = args === false ? undefined : args["SIZE"];
      done(typeof announced === "string" && Number(announced) > largestLetter ? tooLarge(ctx) : null);
    },
    onRcptTo({ address }, _session, done) {
      done(normaliseEmail(address) === company ? null : new SmtpReply(replies.notOurs));
    },
    onData(stream, session, done) {
      const taking = take(ctx, stream, session, budget)
        .then(() => done(null, "Stored. / Письмо принято."), done)
        .finally(() => underWay.delete(taking));
      underWay.add(taking);
    },
  });
  // A client that breaks off is its own affair: what it had sent is not stored, and was not acknowledged.
  server.on("error", () => {});
  const listening = await listen(server, host, port);
  return {
    port: listening,
    async [Symbol.asyncDispose]() {
      await new Promise<void>((resolve) => server.close(resolve));
      await Promise.allSettled(underWay);
    },
  };
}

/** Another program, or another Ubada, listens there already. */
export class IntakePortTaken extends Error {
  readonly code = "intake-port-taken";
  constructor(port: number, cause: unknown) {
    super(`Letters cannot be taken in: port ${port} is taken. Set INTAKE_PORT to a free one.`, { cause });
  }
}

async function listen(server: SMTPServer, host: string, port: number): Promise<number> {
  const listener = server.listen(port, host);
  await once(listener, "listening").catch((error: unknown) => {
    throw new IntakePortTaken(port, error);
  });
  const address = listener.address();
  return address !== null && typeof address === "object" ? address.port : port;
}

/** Reads and stores one letter, or throws the reply that says why not. */
async function take(
  ctx: Context,
  stream: SMTPServerDataStream,
  session: SMTPServerSession,
  budget: BufferBudget,
): Promise<void> {
  const bytes = await readBounded(stream, largestLetter, budget);
  if (bytes.kind !== "read") throw bytes.kind === "busy" ? new SmtpReply(replies.busy) : tooLarge(ctx);
  const { mailFrom } = session.envelope;
  try {
    const received = await receiveLetter(ctx, {
      raw: bytes.raw,
      ...(mailFrom === false ? {} : { returnPath: mailFrom.address }),
    });
    ctx.events.letterReceived(received.kind);
  } catch (error) {
    ctx.events.jobFailed("receive-letter", codeOf(error));
    ctx.events.letterRefused("not-stored");
    throw new SmtpReply(replies.notStored);
  } finally {
    bytes.release();
  }
}

function tooLarge(ctx: Context): SmtpReply {
  ctx.events.letterRefused("too-large");
  return new SmtpReply(replies.tooLarge);
}
