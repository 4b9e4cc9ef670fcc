/** What the first random digit becomes: two bits say "variant of RFC 9562", two stay random. */
const variantDigits = "89ab89ab89ab89ab";
const idsPerDraw = 128;

/**
 * UUIDv7 (RFC 9562, 5.7) whose order is the order of making, also within a millisecond: the 12 bits after the time
 * count up (6.2, method 1). Consent events are ordered by it. A form needs twenty-five ids, so random bytes are drawn
 * for many at once.
 * `milliseconds`: Unix time; `randomBytes`: a strong source.
 */
export function createNewId(milliseconds: () => number, randomBytes: (size: number) => Buffer): () => string {
  let lastTime = -1;
  let timeDigits = "";
  let counter = 0;
  let random: Buffer = Buffer.alloc(0);
  let used = 0;

  const randomDigits = (): string => {
    if (used === random.length) {
      random = randomBytes(8 * idsPerDraw);
      used = 0;
    }
    used += 8;
    return random.toString("hex", used - 8, used);
  };
  return () => {
    const now = Math.max(milliseconds(), lastTime);
    counter = now > lastTime ? randomBytes(1).readUInt8() : counter + 1;
    // 4,096 ids in one millisecond: borrow from the next one rather than go back.
    const time = counter > 0xfff ? now + 1 : now;
    counter &= 0xfff;
    if (time !== lastTime) timeDigits = hex(time, 12).replace(/^.{8}/, "$&-");
    lastTime = time;
    const digits = randomDigits();
    const variant = variantDigits[Number.parseInt(digits.slice(0, 1), 16)];
    return `${timeDigits}-7${hex(counter, 3)}-${variant}${digits.slice(1, 4)}-${digits.slice(4)}`;
  };
}

function hex(number: number, digits: number): string {
  return number.toString(16).padStart(digits, "0");
}

/** Whether a text, which may be anything, is spelled as the ids that we make. */
export function isId(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);
}
