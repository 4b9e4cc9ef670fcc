const poolSize = 8_192;

/**
 * Random bytes for many small wants: nonces, ids, keys. Draws from `source` 8 kB at a time, because a call to the
 * system's generator costs 3.5 µs and a form needs twenty-five of them; a want from here costs 0.5 µs. Every byte is
 * given out once, as a copy, and wiped here, so that what is left in memory tells nothing of keys already made.
 */
export function createRandomBytes(source: (size: number) => Buffer): (size: number) => Buffer {
  let pool: Buffer = Buffer.alloc(0);
  let used = 0;
  return (size) => {
    if (size > poolSize / 16) return source(size);
    if (used + size > pool.length) {
      pool = source(poolSize);
      used = 0;
    }
    const given = Buffer.allocUnsafe(size); // Filled whole by the next line.
    pool.copy(given, 0, used, used + size);
    pool.fill(0, used, used + size);
    used += size;
    return given;
  };
}
