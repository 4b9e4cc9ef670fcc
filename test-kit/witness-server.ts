import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { setTimeout as pause } from "node:timers/promises";
import { checkpointText, parseSize } from "../ledger/checkpoint.ts";
import { createCosigner } from "../ledger/cosignature.ts";
import { LogBroken } from "../ledger/log-broken.ts";
import { openCheckpoint } from "../ledger/open-checkpoint.ts";
import { verifyConsistency } from "../ledger/proofs.ts";
import type { NoteVerifier } from "../ledger/signed-note.ts";

/** How a witness misbehaves. `down`: it breaks off; `silent`: it never answers; `forged`: it signs another text. */
export type Misbehaviour =
  | { readonly kind: "down" | "silent" | "forged" | "endless" }
  | { readonly kind: "slow"; readonly milliseconds: number }
  | { readonly kind: "answers"; readonly status: number; readonly body?: string; readonly type?: string };

/** How much of a log the witness has seen. */
interface Seen {
  readonly size: number;
  readonly root: Buffer;
}

/**
 * A witness by the book (C2SP tlog-witness) over HTTP on a loopback port: it keeps the longest history that it has seen of each
 * log it knows and cosigns what goes on from it. It can be told to misbehave.
 */
export interface WitnessServer extends AsyncDisposable {
  /** Address and key, as in WITNESSES. */
  readonly setting: string;
  readonly name: string;
  readonly key: string;
  /** What was asked so far: the status given, and from which size the proof went. */
  readonly asked: readonly { readonly status: number; readonly oldSize: string }[];
  /** Cosigns this log from now on. */
  know(log: NoteVerifier): void;
  /** How many entries it has cosigned. */
  sizeOf(log: NoteVerifier): number;
  /** Has seen this of the log; undefined: nothing, as after it lost its disk. */
  remember(log: NoteVerifier, seen: Seen | undefined): void;
  /** Until it is told otherwise; undefined: behaves again. */
  misbehave(how: Misbehaviour | undefined): void;
}

/** `now`: the clock of the witness. */
export async function startWitness(name: string, now: () => Temporal.Instant): Promise<WitnessServer> {
  const cosigner = createCosigner(name, randomBytes(32));
  const logs = new Map<string, { readonly verifier: NoteVerifier; seen: Seen | undefined }>();
  const asked: { status: number; oldSize: string }[] = [];
  const stopped = new AbortController();
  let how: Misbehaviour | undefined;

  const answer = (body: string): Answer => {
    const request = parseRequest(body);
    if (request === undefined) return { status: 400 };
    const { oldSize, proof, note } = request;
    const log = logs.get(note.slice(0, note.indexOf("\n")));
    if (log === undefined) return { status: 404 };
    let checkpoint;
    try {
      checkpoint = openCheckpoint(note, log.verifier);
    } catch (error) {
      if (!(error instanceof LogBroken)) throw error;
      return { status: error.code === "malformed" ? 400 : 403 };
    }
    const { size, root } = checkpoint;
    if (oldSize > size) return { status: 400 };
    const { seen } = log;
    if (oldSize !== (seen?.size ?? 0)) return conflict(seen?.size ?? 0);
    if (seen !== undefined && seen.size === size && !seen.root.equals(root)) return { status: 409 };
    if (seen === undefined && proof.length > 0) return { status: 422 };
    if (seen !== undefined && !verifyConsistency({ oldSize, newSize: size, oldRoot: seen.root, newRoot: root, proof })) {
      return { status: 422 };
    }
    log.seen = { size, root };
    const signed = how?.kind === "forged" ? checkpointText({ ...checkpoint, size: size + 1 }) : checkpointText(checkpoint);
    // Another key's line beside ours is for the client to pass over.
    const stranger = createCosigner("stranger.example", Buffer.alloc(32, 1));
    const time = Math.floor(now().epochMilliseconds / 1000);
    return { status: 200, body: stranger.cosign(signed, time) + cosigner.cosign(signed, time) };
  };

  const server = createServer((request, response) => {
    void serve(request, response).catch(() => response.destroy());
  });
  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method !== "POST" || request.url !== "/w/add-checkpoint") return void response.writeHead(405).end();
    const body = await text(request);
    const oldSize = /^old (\d+)\n/.exec(body)?.[1] ?? "";
    if (how?.kind === "down") return void response.destroy();
    if (how?.kind === "silent") return;
    if (how?.kind === "slow") await pause(how.milliseconds, undefined, { signal: stopped.signal });
    if (how?.kind === "endless") {
      asked.push({ status: 200, oldSize });
      response.writeHead(200);
      while (!response.destroyed) {
        response.write("— ".repeat(10_000));
        await pause(1);
      }
      return;
    }
    const given: Answer = how?.kind === "answers" ? how : answer(body);
    asked.push({ status: given.status, oldSize });
    response.writeHead(given.status, { "content-type": given.type ?? "text/plain" }).end(given.body ?? "");
  }

  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the witness has no port");
  return {
    setting: `http://127.0.0.1:${address.port}/w ${cosigner.verifierKey}`,
    name,
    key: cosigner.verifierKey,
    asked,
    know: (log) => void logs.set(log.name, { verifier: log, seen: undefined }),
    sizeOf: (log) => logs.get(log.name)?.seen?.size ?? 0,
    remember: (log, seen) => void logs.set(log.name, { verifier: log, seen }),
    misbehave: (wanted) => {
      how = wanted;
    },
    [Symbol.asyncDispose]: () => {
      stopped.abort();
      return new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
}

interface Answer {
  readonly status: number;
  readonly body?: string;
  readonly type?: string;
}

function conflict(size: number): Answer {
  return { status: 409, body: `${size}\n`, type: "text/x.tlog.size" };
}

/** The specification's own form: `old N`, at most 63 hashes, an empty line, the note. */
function parseRequest(body: string) {
  const end = body.indexOf("\n\n");
  const [first = "", ...hashes] = body.slice(0, Math.max(end, 0)).split("\n");
  const oldSize = parseSize(/^old (.*)$/.exec(first)?.[1] ?? "");
  const proof = hashes.map((hash) => Buffer.from(hash, "base64"));
  if (oldSize === undefined || proof.length > 63 || proof.some((hash) => hash.length !== 32)) return undefined;
  return { oldSize, proof, note: body.slice(end + 2) };
}
