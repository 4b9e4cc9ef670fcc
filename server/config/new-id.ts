/**
 * UUIDv7 (RFC 9562, 5.7) whose order is the order of making, also within a millisecond: the 12 bits after the time
 * count up (6.2, method 1). Consent events are ordered by it.
 * `milliseconds`: Unix time; `randomBytes`: a strong source.
 */
export function createNewId(milliseconds: () => number, randomBytes: (size: number) => Buffer): () => string {
  let lastTime = 0;
  let counter = 0;
  return () => {
    const now = Math.max(milliseconds(), lastTime);
    counter = now > lastTime ? randomBytes(1).readUInt8() : counter + 1;
    // 4,096 ids in one millisecond: borrow from the next one rather than go back.
    lastTime = counter > 0xfff ? now + 1 : now;
    counter &= 0xfff;
    const bytes = Buffer.concat([Buffer.alloc(8), randomBytes(8)]);
    bytes.writeUIntBE(lastTime, 0, 6);
    bytes.writeUInt16BE(0x7000 | counter, 6);
    bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
    const hex = bytes.toString("hex");
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
  };
}
