// Reads the body of an RPC message: one or more calls with typed parameters ([MS-TDS] 2.2.6.6).
import { SqlError } from "../sql-types.ts";
import type { SqlParameter } from "../sql-types.ts";
import { readTypedValue, UnknownTypeError } from "./types/decode.ts";
import type { WireReader } from "./wire-reader.ts";
import { WireError, wireReader } from "./wire-reader.ts";

/** Procedures the protocol calls by number. */
const procedureById: ReadonlyMap<number, string> = new Map([
  [1, "sp_cursor"],
  [2, "sp_cursoropen"],
  [3, "sp_cursorprepare"],
  [4, "sp_cursorexecute"],
  [5, "sp_cursorprepexec"],
  [6, "sp_cursorunprepare"],
  [7, "sp_cursorfetch"],
  [8, "sp_cursoroption"],
  [9, "sp_cursorclose"],
  [10, "sp_executesql"],
  [11, "sp_prepare"],
  [12, "sp_execute"],
  [13, "sp_prepexec"],
  [14, "sp_prepexecrpc"],
  [15, "sp_unprepare"],
]);

const calledById = 0xffff;
const outputFlag = 0x01;
const nextCall = 0xff;
const nextCallNoExec = 0xfe;
const nextCallOld = 0x80;

export interface RpcCall {
  readonly procedure: string;
  readonly parameters: readonly SqlParameter[];
}

/** `body` is without ALL_HEADERS. Throws WireError on bad bytes, SqlError 8009 for a type this server does not take. */
export function readRpc(body: Buffer): readonly RpcCall[] {
  const reader = wireReader(body);
  const calls: RpcCall[] = [];
  while (reader.remaining() > 0) calls.push(readCall(reader));
  if (calls.length === 0) throw new WireError("an RPC without a call");
  return calls;
}

function readCall(reader: WireReader): RpcCall {
  const nameLength = reader.u16();
  const procedure = nameLength === calledById ? nameOf(reader.u16()) : reader.ucs2(nameLength);
  reader.u16();
  const parameters: SqlParameter[] = [];
  while (reader.remaining() > 0) {
    const first = reader.u8();
    if (first === nextCall || first === nextCallNoExec || first === nextCallOld) break;
    parameters.push(readParameter(reader, reader.ucs2(first), parameters.length + 1));
  }
  return { procedure, parameters };
}

function nameOf(id: number): string {
  const name = procedureById.get(id);
  if (name === undefined) throw new WireError(`procedure number ${id}`);
  return name;
}

function readParameter(reader: WireReader, name: string, ordinal: number): SqlParameter {
  const output = (reader.u8() & outputFlag) !== 0;
  try {
    return { name, output, ...readTypedValue(reader) };
  } catch (error) {
    if (!(error instanceof UnknownTypeError)) throw error;
    throw new SqlError(
      8009,
      "The incoming tabular data stream (TDS) remote procedure call (RPC) protocol stream is incorrect. " +
        `Parameter ${ordinal} ("${name}"): Data type 0x${error.token.toString(16).toUpperCase()} is unknown.`,
      { state: 4 },
    );
  }
}
