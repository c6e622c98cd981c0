// Reads the date and time types of an RPC parameter as ISO texts.
import type { SqlType, SqlValue } from "../../sql-types.ts";
import type { WireReader } from "../wire-reader.ts";
import { WireError } from "../wire-reader.ts";
import {
  daysTo1900,
  divideRounded,
  formatOffset,
  formatTime,
  offsetTicks,
  ticksPerDay,
  timeBytes,
} from "./time.ts";

/** `type` is undefined for NULL without a type and for date and time, whose values are ISO texts. */
export interface TypedValue {
  readonly type: SqlType | undefined;
  readonly value: SqlValue;
}

/** The 8-byte form counts 1/300 s, the 4-byte form (smalldatetime) minutes. */
export function readDatetime(reader: WireReader, byteCount: number): TypedValue {
  const type = { name: "datetime" } as const;
  if (byteCount === 0) return { type, value: null };
  const bytes = reader.take(byteCount);
  if (byteCount === 4) {
    const minutes = BigInt(bytes.readUInt16LE(2)) * offsetTicks(1);
    return { type, value: timeText(BigInt(bytes.readUInt16LE(0)) + daysTo1900, minutes, 3) };
  }
  if (byteCount !== 8) throw new WireError(`a datetime of ${byteCount} bytes`);
  const milliseconds = divideRounded(BigInt(bytes.readUInt32LE(4)) * 10n, 3n);
  const days = BigInt(bytes.readInt32LE(0)) + daysTo1900;
  return { type, value: timeText(days, milliseconds * 10_000n, 3) };
}

function timeText(days: bigint, ticks: bigint, digits: number): string {
  const sum = days * ticksPerDay + ticks;
  if (sum < 0n || sum >= 3_652_059n * ticksPerDay)
    throw new WireError("a date outside the calendar");
  return formatTime(sum, digits);
}

export function readDatetime2(
  reader: WireReader,
  name: "datetime2" | "datetimeoffset",
): TypedValue {
  const scale = readScale(reader);
  const type = { name, scale } as const;
  const bytes = reader.take(reader.u8());
  if (bytes.length === 0) return { type, value: null };
  const width = timeBytes(scale);
  if (bytes.length !== width + (name === "datetime2" ? 3 : 5)) throw new WireError(`a bad ${name}`);
  const ticks = BigInt(bytes.readUIntLE(0, width)) * 10n ** BigInt(7 - scale);
  const days = BigInt(bytes.readUIntLE(width, 3));
  if (name === "datetime2") return { type, value: timeText(days, ticks, scale) };
  const offset = bytes.readInt16LE(width + 3);
  return {
    type,
    value: timeText(days, ticks + offsetTicks(offset), scale) + formatOffset(offset),
  };
}

export function readDate(reader: WireReader): TypedValue {
  const bytes = reader.take(reader.u8());
  if (bytes.length === 0) return { type: undefined, value: null };
  if (bytes.length !== 3) throw new WireError("a bad date");
  return {
    type: undefined,
    value: timeText(BigInt(bytes.readUIntLE(0, 3)), 0n, 0).slice(0, 10),
  };
}

export function readTime(reader: WireReader): TypedValue {
  const scale = readScale(reader);
  const bytes = reader.take(reader.u8());
  if (bytes.length === 0) return { type: undefined, value: null };
  if (bytes.length !== timeBytes(scale)) throw new WireError("a bad time");
  const ticks = BigInt(bytes.readUIntLE(0, bytes.length)) * 10n ** BigInt(7 - scale);
  return { type: undefined, value: timeText(0n, ticks, scale).slice(11) };
}

function readScale(reader: WireReader): number {
  const scale = reader.u8();
  if (scale > 7) throw new WireError(`a scale of ${scale}`);
  return scale;
}
