// What a client reads when something behind the wire throws.
import { SqlError } from "../sql-types.ts";
import type { SqlMessage } from "../sql-types.ts";

/** The message of a SqlError as it is; anything else is a mistake of the practice server and says so, Msg 50000. */
export function failureMessage(error: unknown): SqlMessage {
  if (error instanceof SqlError) return error.sql;
  const reason = error instanceof Error ? error.message : String(error);
  return { number: 50000, severity: 16, state: 1, text: `The practice server failed: ${reason}` };
}
