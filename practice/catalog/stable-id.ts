// Ids and hashes that stay the same for the same name, where a real server would have made them up once.
import { createHash } from "node:crypto";

/** Thousands of rows ask for theirs at every reading. */
const known = new Map<string, string>();

/** A uniqueidentifier made from a text, upper case as SQL Server writes it. */
export function stableGuid(text: string): string {
  const made = known.get(text) ?? guidOf(text);
  known.set(text, made);
  return made;
}

function guidOf(text: string): string {
  const hex = createHash("sha256").update(text).digest("hex").toUpperCase();
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(12, 16),
    hex.slice(16, 20),
    hex.slice(20, 32),
  ].join("-");
}

/** The first `bytes` bytes (at most 32) of a hash of a text. */
export function stableBytes(text: string, bytes: number): Uint8Array {
  return new Uint8Array(createHash("sha256").update(text).digest().subarray(0, bytes));
}
