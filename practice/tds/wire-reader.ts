// Reads what a client sent, byte by byte, and stops at the first thing that is not TDS.

/** The bytes are not what the protocol allows here. The connection they came on is closed. */
export class WireError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "WireError";
  }
}

/** A cursor over `bytes`. Numbers are little-endian. Reading past the end throws WireError. */
export interface WireReader {
  readonly remaining: () => number;
  readonly u8: () => number;
  readonly u16: () => number;
  readonly u32: () => number;
  readonly u64: () => bigint;
  readonly take: (byteCount: number) => Buffer;
  readonly ucs2: (characterCount: number) => string;
  /** B_VARCHAR. */
  readonly bVarChar: () => string;
}

export function wireReader(bytes: Buffer): WireReader {
  let position = 0;
  const take = (byteCount: number): Buffer => {
    if (byteCount > bytes.length - position) {
      throw new WireError(`${byteCount} bytes expected, ${bytes.length - position} left`);
    }
    position += byteCount;
    return bytes.subarray(position - byteCount, position);
  };
  const u8 = (): number => take(1).readUInt8();
  const ucs2 = (characterCount: number): string => take(characterCount * 2).toString("utf16le");
  return {
    remaining: () => bytes.length - position,
    u8,
    u16: () => take(2).readUInt16LE(),
    u32: () => take(4).readUInt32LE(),
    u64: () => take(8).readBigUInt64LE(),
    take,
    ucs2,
    bVarChar: () => ucs2(u8()),
  };
}
