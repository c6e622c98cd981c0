// The building blocks of the TDS stream as bytes, little-endian unless the name says otherwise ([MS-TDS] 2.2.5).

/** `value` in `byteCount` (1 to 6) bytes. Throws RangeError when it does not fit. */
export function unsigned(value: number, byteCount: number): Buffer {
  const bytes = Buffer.allocUnsafe(byteCount);
  bytes.writeUIntLE(value, 0, byteCount);
  return bytes;
}

export const u8 = (value: number): Buffer => unsigned(value, 1);
export const u16 = (value: number): Buffer => unsigned(value, 2);
export const u32 = (value: number): Buffer => unsigned(value, 4);

/** A signed number in `byteCount` (1 to 6) bytes. Throws RangeError when it does not fit. */
export function signed(value: number, byteCount: number): Buffer {
  const bytes = Buffer.allocUnsafe(byteCount);
  bytes.writeIntLE(value, 0, byteCount);
  return bytes;
}

export const i32 = (value: number): Buffer => signed(value, 4);

export function u16be(value: number): Buffer {
  const bytes = Buffer.allocUnsafe(2);
  bytes.writeUInt16BE(value);
  return bytes;
}

export function u32be(value: number): Buffer {
  const bytes = Buffer.allocUnsafe(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

export function i64(value: bigint): Buffer {
  const bytes = Buffer.allocUnsafe(8);
  bytes.writeBigInt64LE(value);
  return bytes;
}

export function f64(value: number): Buffer {
  const bytes = Buffer.allocUnsafe(8);
  bytes.writeDoubleLE(value);
  return bytes;
}

/** UTF-16LE, the only text form of the protocol itself. */
export const ucs2 = (text: string): Buffer => Buffer.from(text, "utf16le");

/** B_VARCHAR: at most 255 UTF-16 code units behind a one-byte count. */
export const bVarChar = (text: string): Buffer => join(u8(text.length), ucs2(text));

/** US_VARCHAR: at most 65535 UTF-16 code units behind a two-byte count. */
export const usVarChar = (text: string): Buffer => join(u16(text.length), ucs2(text));

/** B_VARBYTE: at most 255 bytes behind a one-byte count. */
export const bVarByte = (bytes: Uint8Array): Buffer => join(u8(bytes.length), bytes);

export const join = (...parts: readonly Uint8Array[]): Buffer => Buffer.concat(parts);
