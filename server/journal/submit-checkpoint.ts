/** A checkpoint handed to a witness, as the specification spells it (C2SP tlog-witness, "add-checkpoint"). */
export interface Submission {
  /** How much the witness holds, from where the proof starts. */
  readonly oldSize: number;
  readonly proof: readonly Buffer[];
  /** The signed note. */
  readonly checkpoint: string;
}

/** What a witness answered. Nothing of it is verified yet; `conflict`: it holds as much as it says, where it does. */
export type Reply =
  | { readonly kind: "cosigned"; readonly lines: string }
  | { readonly kind: "conflict"; readonly size: string | undefined }
  | { readonly kind: "bad-proof" }
  | { readonly kind: "failed"; readonly how: "unreachable" | "busy" | "unknown-log" | "key-refused" | "refused" | "unreadable" };

/** Sixteen signatures of keys that quantum computers do not break take 80 kB; no more is read. */
const longestAnswer = 128 * 1024;

/** One request. Whatever goes wrong on the way is an answer too; redirections are not followed. `signal`: ends it. */
export async function submitCheckpoint(submitTo: string, submission: Submission, signal: AbortSignal): Promise<Reply> {
  try {
    const response = await fetch(submitTo, {
      method: "POST",
      headers: { "content-type": "text/plain; charset=utf-8" },
      body: encodeSubmission(submission),
      redirect: "manual",
      signal,
    });
    const text = await readAnswer(response);
    if (text === undefined) return { kind: "failed", how: "unreadable" };
    const isSize = response.headers.get("content-type")?.split(";")[0]?.trim() === "text/x.tlog.size";
    return replyOf(response.status, text, isSize);
  } catch {
    return { kind: "failed", how: "unreachable" };
  }
}

function encodeSubmission({ oldSize, proof, checkpoint }: Submission): string {
  return [`old ${oldSize}`, ...proof.map((hash) => hash.toString("base64")), "", checkpoint].join("\n");
}

function replyOf(status: number, text: string, isSize: boolean): Reply {
  if (status === 200) return { kind: "cosigned", lines: text };
  if (status === 409) return { kind: "conflict", size: isSize ? text.trim() : undefined };
  if (status === 422) return { kind: "bad-proof" };
  if (status === 404) return { kind: "failed", how: "unknown-log" };
  if (status === 403) return { kind: "failed", how: "key-refused" };
  return { kind: "failed", how: status === 429 || status >= 500 ? "busy" : "refused" };
}

/** Undefined for more than a witness has to say. */
async function readAnswer(response: Response): Promise<string | undefined> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of response.body ?? []) {
    length += part.length;
    if (length > longestAnswer) return undefined;
    parts.push(part);
  }
  return Buffer.concat(parts).toString("utf8");
}
