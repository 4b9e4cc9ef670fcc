import { once } from "node:events";
import { buffer } from "node:stream/consumers";
import PostalMime from "postal-mime";
import { SMTPServer } from "smtp-server";

/** A letter as the mail server got it. */
export interface ReceivedLetter {
  /** The envelope's recipient. */
  readonly to: string;
  readonly from: string;
  readonly line: string;
  readonly text: string;
  readonly attachments: readonly { readonly name: string; readonly content: Buffer }[];
  readonly messageId: string;
  /** By lower-case name; the first of each. */
  readonly headers: Readonly<Record<string, string>>;
  readonly raw: Buffer;
}

/** When and with what the server refuses; `code` 4xx: not now, 5xx: never. */
export interface Refusal {
  readonly code: number;
  readonly at: "sender" | "recipient" | "data";
}

/** A real SMTP server on a loopback port that keeps the letters it gets and can be told to refuse them. */
export interface MailServer extends AsyncDisposable {
  /** For `SMTP_URL`. */
  readonly url: string;
  readonly port: number;
  /** Every letter so far, the oldest first. */
  readonly letters: readonly ReceivedLetter[];
  /** Refuses every letter until `accept` is called. */
  refuse(refusal: Refusal): void;
  accept(): void;
  /** Answers no sender until `release` is called: whoever has a letter waits with it. */
  hold(): void;
  release(): void;
  /** The newest letter to this address, waiting for one to come; fails after ten seconds. */
  waitForLetter(to: string, isIt?: (letter: ReceivedLetter) => boolean): Promise<ReceivedLetter>;
}

export async function startMailServer(port = 0): Promise<MailServer> {
  const letters: ReceivedLetter[] = [];
  const arrivals = new EventTarget();
  let refusal: Refusal | undefined;
  let held = Promise.resolve();
  let release = () => {};
  const refused = (at: Refusal["at"]) => (refusal?.at === at ? new Refused(refusal.code) : null);

  const server = new SMTPServer({
    disabledCommands: ["AUTH", "STARTTLS"],
    disableReverseLookup: true,
    closeTimeout: 100,
    onMailFrom: (_address, _session, done) => void held.then(() => done(refused("sender"))),
    onRcptTo: (_address, _session, done) => done(refused("recipient")),
    onData(stream, session, done) {
      const take = async () => {
        const raw = await buffer(stream);
        const reason = refused("data");
        if (reason) throw reason;
        for (const { address } of session.envelope.rcptTo) letters.push(await readLetter(raw, address));
        arrivals.dispatchEvent(new Event("letter"));
      };
      take().then(() => done(), done);
    },
  });
  server.on("error", () => {});
  const listener = server.listen(port, "127.0.0.1");
  await once(listener, "listening");
  const address = listener.address();
  if (address === null || typeof address === "string") throw new Error("the mail server has no port");
  return {
    url: `smtp://127.0.0.1:${address.port}`,
    port: address.port,
    letters,
    refuse: (wanted) => {
      refusal = wanted;
    },
    accept: () => {
      refusal = undefined;
    },
    hold: () => {
      ({ promise: held, resolve: release } = Promise.withResolvers<void>());
    },
    release: () => release(),
    async waitForLetter(to, isIt = () => true) {
      const signal = AbortSignal.timeout(10_000);
      for (;;) {
        const found = letters.findLast((letter) => letter.to === to && isIt(letter));
        if (found) return found;
        await once(arrivals, "letter", { signal });
      }
    },
    [Symbol.asyncDispose]: () => new Promise<void>((resolve) => server.close(resolve)),
  };
}

class Refused extends Error {
  readonly responseCode: number;
  constructor(code: number) {
    super("told to refuse");
    this.responseCode = code;
  }
}

async function readLetter(raw: Buffer, to: string): Promise<ReceivedLetter> {
  const email = await PostalMime.parse(raw);
  const headers: Record<string, string> = {};
  for (const { key, value } of email.headers) headers[key] ??= value;
  return {
    to,
    from: email.from?.address ?? "",
    line: email.subject ?? "",
    text: email.text ?? "",
    attachments: email.attachments.map(({ filename, content }) => ({
      name: filename ?? "",
      content: typeof content === "string" ? Buffer.from(content) : Buffer.from(new Uint8Array(content)),
    })),
    messageId: email.messageId ?? "",
    headers,
    raw,
  };
}
