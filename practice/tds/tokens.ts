// The tokens a server's answer is made of ([MS-TDS] 2.2.7).
import type { Column, SqlMessage, SqlType, SqlValue } from "../sql-types.ts";
import { encodeValue } from "./types/encode.ts";
import { writeTypeInfo } from "./types/type-info.ts";
import {
  bVarByte,
  bVarChar,
  i32,
  i64,
  join,
  u16,
  u16be,
  u32,
  u32be,
  u8,
  usVarChar,
} from "./wire-writer.ts";

const token = {
  returnStatus: 0x79,
  colMetadata: 0x81,
  error: 0xaa,
  info: 0xab,
  returnValue: 0xac,
  loginAck: 0xad,
  featureExtAck: 0xae,
  row: 0xd1,
  nbcRow: 0xd2,
  envChange: 0xe3,
  sspi: 0xed,
} as const;

/** DONE ends a statement of a batch, DONEINPROC one inside a procedure, DONEPROC the procedure. */
export const doneToken = { done: 0xfd, doneProc: 0xfe, doneInProc: 0xff } as const;
export const doneStatus = { final: 0, more: 0x01, error: 0x02, count: 0x10, attention: 0x20 };
export const doneCommand = { none: 0, select: 0xc1, execute: 0xe0 } as const;

export const env = {
  database: 1,
  language: 2,
  packetSize: 4,
  collation: 7,
  beginTransaction: 8,
  commitTransaction: 9,
  rollbackTransaction: 10,
  resetConnection: 18,
  routing: 20,
} as const;

/** Nullable, and it is not known whether it may be updated: what a server says of a column of a query. */
const columnFlags = 0x0009;

/** PRINT and RAISERROR cut their texts at 4000 characters (Transact-SQL reference, PRINT). */
const maxMessageCharacters = 4000;

const withLength = (kind: number, body: Buffer): Buffer => join(u8(kind), u16(body.length), body);

/** `tdsVersion` as the client asked, for example 0x74000004. */
export function loginAck(tdsVersion: number, version: readonly [number, number, number]): Buffer {
  const [major, minor, build] = version;
  const program = bVarChar("Microsoft SQL Server");
  return withLength(
    token.loginAck,
    join(u8(1), u32be(tdsVersion), program, u8(major), u8(minor), u16be(build)),
  );
}

/** Database, language or packet size. */
export const envText = (type: number, to: string, from: string): Buffer =>
  withLength(token.envChange, join(u8(type), bVarChar(to), bVarChar(from)));

/** Collation, transactions and reset. */
export const envBytes = (type: number, to: Uint8Array, from: Uint8Array): Buffer =>
  withLength(token.envChange, join(u8(type), bVarByte(to), bVarByte(from)));

/** Tells the client to log in again at `host` and `port`. */
export function routing(host: string, port: number): Buffer {
  const tcp = 0;
  const address = join(u8(tcp), u16(port), usVarChar(host));
  return withLength(token.envChange, join(u8(env.routing), u16(address.length), address, u16(0)));
}

/** What a security package says to the client ([MS-TDS] 2.2.7.22). */
export const sspi = (data: Buffer): Buffer => withLength(token.sspi, data);

/** The data of each acknowledged feature by its id. */
export function featureExtAck(features: ReadonlyMap<number, Buffer>): Buffer {
  const acks = [...features].map(([id, data]) => join(u8(id), u32(data.length), data));
  return join(u8(token.featureExtAck), ...acks, u8(0xff));
}

/** An ERROR or an INFO token. */
export function message(kind: "error" | "info", it: SqlMessage, serverName: string): Buffer {
  return withLength(
    token[kind],
    join(
      i32(it.number),
      u8(it.state),
      u8(it.severity),
      usVarChar(it.text.slice(0, maxMessageCharacters)),
      bVarChar(serverName),
      bVarChar(it.procedure ?? ""),
      u32(it.line ?? 1),
    ),
  );
}

export interface Done {
  readonly token: number;
  /** The sum of `doneStatus`. */
  readonly status: number;
  readonly command: number;
  readonly rowCount: number;
}

export const done = (it: Done): Buffer =>
  join(u8(it.token), u16(it.status), u16(it.command), i64(BigInt(it.rowCount)));

export const returnStatus = (value: number): Buffer => join(u8(token.returnStatus), i32(value));

/** The value of an output parameter; `name` as the client wrote it. */
export function returnValue(ordinal: number, name: string, type: SqlType, value: SqlValue): Buffer {
  const isOutput = 1;
  return join(
    u8(token.returnValue),
    u16(ordinal),
    bVarChar(name),
    u8(isOutput),
    u32(0),
    u16(columnFlags),
    writeTypeInfo(type),
    encodeValue(type, value),
  );
}

export function colMetadata(columns: readonly Column[]): Buffer {
  return join(
    u8(token.colMetadata),
    u16(columns.length),
    ...columns.flatMap(({ name, type }) => [
      u32(0),
      u16(columnFlags),
      writeTypeInfo(type),
      bVarChar(name),
    ]),
  );
}

/** One row, in the form with a NULL bitmap where `nullBitmap` allows it and there is a NULL. */
export function row(
  columns: readonly Column[],
  values: readonly SqlValue[],
  nullBitmap: boolean,
): Buffer {
  if (values.length !== columns.length) {
    throw new TypeError(`a row of ${values.length} values for ${columns.length} columns`);
  }
  const cells = columns.map(({ type }, index) => ({ type, value: values[index] ?? null }));
  const present = nullBitmap ? cells.filter(({ value }) => value !== null) : cells;
  const body = present.map(({ type, value }) => encodeValue(type, value));
  if (present.length === cells.length) return join(u8(token.row), ...body);
  const bitmap = Buffer.alloc(Math.ceil(cells.length / 8));
  cells.forEach(({ value }, index) => {
    const byte = index >> 3;
    if (value === null) bitmap[byte] = bitmap.readUInt8(byte) | (1 << (index & 7));
  });
  return join(u8(token.nbcRow), bitmap, ...body);
}
