// Whole numerics of up to 38 digits as text that sorts like the number itself.

const width = 38;
const limit = 10n ** BigInt(width);

/** `p` and the digits for zero and above; `m` and the complement below, so that text order is number order. */
export function encodeExact(value: bigint): string {
  return value >= 0n
    ? `p${String(value).padStart(width, "0")}`
    : `m${String(limit - 1n + value).padStart(width, "0")}`;
}

export function decodeExact(text: string): bigint {
  const digits = BigInt(text.slice(1));
  return text.startsWith("m") ? digits + 1n - limit : digits;
}
