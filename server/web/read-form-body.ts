/** What a form sent, each name once; or the first thing that is wrong with it, with the name of the field. */
export type FormBody =
  | { readonly kind: "read"; readonly fields: ReadonlyMap<string, string> }
  | { readonly kind: "too-large" }
  | { readonly kind: "wrong-type" }
  | FieldFault;

/** `field`: its name, or undefined where the name itself cannot be read. */
export interface FieldFault {
  readonly kind: "broken-text" | "repeated-field" | "forbidden-character";
  readonly field: string | undefined;
}

/**
 * Reads `application/x-www-form-urlencoded` in UTF-8, exactly: the usual readers put a replacement character where
 * the text is broken, and keep one of two fields with one name; here nothing is guessed that somebody will be
 * called by or agree to. `maxBytes`: of the whole body, as sent.
 */
export async function readFormBody(request: Request, limits: { readonly maxBytes: number }): Promise<FormBody> {
  if (!isUtf8Form(request.headers.get("content-type") ?? "")) return { kind: "wrong-type" };
  const announced = request.headers.get("content-length");
  if (Number(announced ?? 0) > limits.maxBytes) return { kind: "too-large" };
  // No more than was announced ever comes through, and whole it comes in half the time.
  const body =
    announced === null ? await readBytes(request.body, limits.maxBytes) : Buffer.from(await request.arrayBuffer());
  return body === undefined || body.length > limits.maxBytes ? { kind: "too-large" } : parse(body);
}

function isUtf8Form(contentType: string): boolean {
  const [type = "", ...parameters] = contentType.split(";").map((part) => part.trim().toLowerCase());
  const charset = parameters.find((parameter) => parameter.startsWith("charset="))?.slice("charset=".length);
  return type === "application/x-www-form-urlencoded" && (charset === undefined || /^"?utf-?8"?$/.test(charset));
}

/** The bytes, or undefined once there are more than allowed; what comes after is not waited for. */
async function readBytes(body: Request["body"], maxBytes: number): Promise<Buffer | undefined> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body ?? []) {
    size += chunk.byteLength;
    if (size > maxBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function parse(body: Buffer): FormBody {
  const fields = new Map<string, string>();
  for (const pair of body.toString("latin1").split("&")) {
    if (pair === "") continue;
    const equals = pair.indexOf("=");
    const field = decode(equals === -1 ? pair : pair.slice(0, equals));
    const value = equals === -1 ? "" : decode(pair.slice(equals + 1));
    if (field === undefined || value === undefined) return { kind: "broken-text", field };
    // PostgreSQL cannot keep NUL, and nobody types it.
    if (field.includes("\0") || value.includes("\0")) return { kind: "forbidden-character", field };
    if (fields.has(field)) return { kind: "repeated-field", field };
    fields.set(field, value);
  }
  return { kind: "read", fields };
}

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Undoes the percent signs; undefined where a sign or the UTF-8 under it is broken. `encoded`: one byte per character. */
function decode(encoded: string): string | undefined {
  const spaced = encoded.replaceAll("+", " ");
  try {
    // Browsers send nothing but ASCII, and the engine's own reader is as strict.
    return isAscii(spaced) ? decodeURIComponent(spaced) : decodeBytes(spaced);
  } catch (error) {
    if (error instanceof URIError || error instanceof TypeError) return undefined;
    throw error;
  }
}

function isAscii(text: string): boolean {
  return !/[^\0-\x7f]/.test(text);
}

function decodeBytes(encoded: string): string | undefined {
  if (/%(?![0-9A-Fa-f]{2})/.test(encoded)) return undefined;
  const bytes = encoded.replaceAll(/%([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return utf8.decode(Buffer.from(bytes, "latin1"));
}
