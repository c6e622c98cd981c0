// Reads the type and the value of one RPC parameter ([MS-TDS] 2.2.5.4 to 2.2.5.6).
import type { SqlValue } from "../../sql-types.ts";
import type { WireReader } from "../wire-reader.ts";
import { WireError } from "../wire-reader.ts";
import type { TypedValue } from "./decode-time.ts";
import { decodeCodePage } from "./code-page.ts";
import { formatDecimal } from "./decimal.ts";
import { readDate, readDatetime, readDatetime2, readTime } from "./decode-time.ts";
import { formatGuid } from "./guid.ts";
import { maxMarker, typeToken } from "./type-info.ts";

/** The client used a type this server does not take; the bytes behind it cannot be read. */
export class UnknownTypeError extends Error {
  readonly token: number;
  constructor(token: number) {
    super(`type 0x${token.toString(16)}`);
    this.name = "UnknownTypeError";
    this.token = token;
  }
}

type Read = (reader: WireReader) => TypedValue;

const whole = (bytes: Buffer): SqlValue => {
  if (bytes.length === 0) return null;
  if (bytes.length === 8) return bytes.readBigInt64LE();
  return bytes.length === 1 ? bytes.readUInt8() : bytes.readIntLE(0, bytes.length);
};

function readWhole(reader: WireReader, byteCount: number, valueBytes = byteCount): TypedValue {
  const name = ({ 1: "tinyint", 2: "smallint", 4: "int", 8: "bigint" } as const)[byteCount];
  if (name === undefined || (valueBytes !== byteCount && valueBytes !== 0)) {
    throw new WireError(`a whole number of ${byteCount} bytes`);
  }
  return { type: { name }, value: whole(reader.take(valueBytes)) };
}

const readBit = (reader: WireReader, byteCount: number): TypedValue => ({
  type: { name: "bit" },
  value: byteCount === 0 ? null : reader.take(byteCount).readUInt8() !== 0,
});

function readFloat(reader: WireReader, byteCount: number): TypedValue {
  const bytes = reader.take(byteCount);
  const type = { name: "float" } as const;
  if (byteCount === 0) return { type, value: null };
  if (byteCount === 4) return { type, value: bytes.readFloatLE() };
  if (byteCount === 8) return { type, value: bytes.readDoubleLE() };
  throw new WireError(`a float of ${byteCount} bytes`);
}

/** money is a whole number of ten-thousandths; the 8-byte form has its high half first. */
function readMoney(reader: WireReader, byteCount: number): TypedValue {
  const type = { name: "numeric", precision: 19, scale: 4 } as const;
  if (byteCount === 0) return { type, value: null };
  const bytes = reader.take(byteCount);
  if (byteCount === 4) return { type, value: formatDecimal(BigInt(bytes.readInt32LE()), 4) };
  if (byteCount !== 8) throw new WireError(`money of ${byteCount} bytes`);
  const scaled = (BigInt(bytes.readInt32LE(0)) << 32n) | BigInt(bytes.readUInt32LE(4));
  return { type, value: formatDecimal(scaled, 4) };
}

function readDecimal(reader: WireReader): TypedValue {
  reader.u8();
  const type = { name: "numeric", precision: reader.u8(), scale: reader.u8() } as const;
  const bytes = reader.take(reader.u8());
  if (bytes.length === 0) return { type, value: null };
  const size = bytes.subarray(1).reduceRight((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
  return { type, value: formatDecimal(bytes[0] === 0 ? -size : size, type.scale) };
}

function readGuid(reader: WireReader): TypedValue {
  reader.u8();
  const bytes = reader.take(reader.u8());
  if (bytes.length !== 0 && bytes.length !== 16) throw new WireError("a bad uniqueidentifier");
  return {
    type: { name: "uniqueidentifier" },
    value: bytes.length === 0 ? null : formatGuid(bytes),
  };
}

const textOf = {
  varchar: decodeCodePage,
  nvarchar: (bytes: Buffer) => bytes.toString("utf16le"),
  varbinary: (bytes: Buffer) => Uint8Array.from(bytes),
} as const;

function readVariable(reader: WireReader, name: keyof typeof textOf): TypedValue {
  const limit = reader.u16();
  if (name !== "varbinary") reader.take(5);
  const bytes = limit === maxMarker ? readChunks(reader) : readCounted(reader);
  const length = limit === maxMarker ? "max" : name === "nvarchar" ? limit / 2 : limit;
  return { type: { name, length }, value: bytes === null ? null : textOf[name](bytes) };
}

function readCounted(reader: WireReader): Buffer | null {
  const byteCount = reader.u16();
  return byteCount === 0xffff ? null : reader.take(byteCount);
}

function readChunks(reader: WireReader): Buffer | null {
  if (reader.u64() === 0xffff_ffff_ffff_ffffn) return null;
  const chunks: Buffer[] = [];
  for (let size = reader.u32(); size !== 0; size = reader.u32()) chunks.push(reader.take(size));
  return Buffer.concat(chunks);
}

/** text, ntext and image: a four-byte length before and again in front of the value. */
function readLong(reader: WireReader, name: keyof typeof textOf): TypedValue {
  reader.u32();
  if (name !== "varbinary") reader.take(5);
  const byteCount = reader.u32();
  const type = { name, length: "max" } as const;
  if (byteCount === 0xffff_ffff) return { type, value: null };
  return { type, value: textOf[name](reader.take(byteCount)) };
}

/** For types whose TYPE_INFO is one length byte. */
const sized =
  (read: (reader: WireReader, byteCount: number) => TypedValue): Read =>
  (reader) => {
    reader.u8();
    return read(reader, reader.u8());
  };

const readers: ReadonlyMap<number, Read> = new Map<number, Read>([
  [0x1f, () => ({ type: undefined, value: null })],
  [0x22, (reader) => readLong(reader, "varbinary")],
  [0x23, (reader) => readLong(reader, "varchar")],
  [typeToken.guid, readGuid],
  [typeToken.int, (reader) => readWhole(reader, reader.u8(), reader.u8())],
  [typeToken.date, readDate],
  [typeToken.time, readTime],
  [typeToken.datetime2, (reader) => readDatetime2(reader, "datetime2")],
  [typeToken.datetimeoffset, (reader) => readDatetime2(reader, "datetimeoffset")],
  [0x30, (reader) => readWhole(reader, 1)],
  [0x32, (reader) => readBit(reader, 1)],
  [0x34, (reader) => readWhole(reader, 2)],
  [0x38, (reader) => readWhole(reader, 4)],
  [0x3a, (reader) => readDatetime(reader, 4)],
  [0x3b, (reader) => readFloat(reader, 4)],
  [0x3c, (reader) => readMoney(reader, 8)],
  [0x3d, (reader) => readDatetime(reader, 8)],
  [0x3e, (reader) => readFloat(reader, 8)],
  [0x63, (reader) => readLong(reader, "nvarchar")],
  [typeToken.bit, sized(readBit)],
  [0x6a, readDecimal],
  [typeToken.numeric, readDecimal],
  [typeToken.float, sized(readFloat)],
  [0x6e, sized(readMoney)],
  [typeToken.datetime, sized(readDatetime)],
  [0x7a, (reader) => readMoney(reader, 4)],
  [0x7f, (reader) => readWhole(reader, 8)],
  [typeToken.varbinary, (reader) => readVariable(reader, "varbinary")],
  [typeToken.varchar, (reader) => readVariable(reader, "varchar")],
  [0xad, (reader) => readVariable(reader, "varbinary")],
  [0xaf, (reader) => readVariable(reader, "varchar")],
  [typeToken.nvarchar, (reader) => readVariable(reader, "nvarchar")],
  [0xef, (reader) => readVariable(reader, "nvarchar")],
]);

/** Throws UnknownTypeError for a type it does not know and WireError for bytes that are not a value. */
export function readTypedValue(reader: WireReader): TypedValue {
  const token = reader.u8();
  const read = readers.get(token);
  if (read === undefined) throw new UnknownTypeError(token);
  return read(reader);
}
