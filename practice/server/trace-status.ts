// What DBCC answers of trace flags ("DBCC TRACESTATUS").
import type { Column, SqlOutput } from "../sql-types.ts";
import type { ServerStatement } from "../tsql/host.ts";

const columns: readonly Column[] = ["TraceFlag", "Status", "Global", "Session"].map((name) => ({
  name,
  type: { name: "smallint" },
}));

/** Msg 2528, which follows every DBCC. */
export const dbccCompleted: SqlOutput = {
  kind: "info",
  message: {
    number: 2528,
    severity: 0,
    state: 1,
    text: "DBCC execution completed. If DBCC printed error messages, contact your system administrator.",
  },
};

/** Without flags those that are on; a flag that is asked for by its number has a row whether it is on or not. */
export function* traceStatus(
  on: readonly number[],
  { flags, messages }: Extract<ServerStatement, { kind: "dbccTraceStatus" }>,
): Iterable<SqlOutput> {
  const shown = flags.length === 0 ? on : flags;
  if (shown.length > 0) {
    yield { kind: "columns", columns };
    for (const flag of shown) {
      const status = on.includes(flag) ? 1 : 0;
      yield { kind: "row", values: [flag, status, status, 0] };
    }
    yield { kind: "done", rowCount: shown.length };
  }
  if (messages) yield dbccCompleted;
}
