// Transactions that have written to a database of an availability group and are still open, with the session behind each.
import { z } from "zod";
import type { WritingSession } from "../../../shared/estate/estate.ts";
import type { Query } from "./query.ts";
import { bit, count } from "./query.ts";

/** Values of sys.dm_tran_active_transactions.transaction_type. */
const systemTransaction = 3;
const distributedTransaction = 4;

interface WriterRow {
  readonly databaseName: string;
  readonly transactionId: string;
  readonly transactionType: number | null;
  readonly sessionId: number | null;
  readonly isUserProcess: boolean | null;
  readonly login: string | null;
  readonly host: string | null;
  readonly program: string | null;
  readonly loginTime: string | null;
  readonly hostProcessId: number | null;
  readonly since: string | null;
  readonly logBytes: number | null;
}

const columns = `
SELECT
  d.name AS databaseName,
  CAST(dt.transaction_id AS varchar(30)) AS transactionId,
  act.transaction_type AS transactionType,
  s.session_id AS sessionId,
  s.is_user_process AS isUserProcess,
  s.login_name AS login,
  s.host_name AS host,
  s.program_name AS program,
  CONVERT(varchar(33), s.login_time, 126) AS loginTime,
  s.host_process_id AS hostProcessId,
  CONVERT(varchar(33), dt.database_transaction_begin_time, 126) AS since,
  dt.database_transaction_log_bytes_used AS logBytes
FROM sys.dm_tran_database_transactions AS dt
INNER JOIN sys.databases AS d ON d.database_id = dt.database_id
LEFT JOIN sys.dm_tran_active_transactions AS act ON act.transaction_id = dt.transaction_id
LEFT JOIN sys.dm_tran_session_transactions AS st ON st.transaction_id = dt.transaction_id
LEFT JOIN sys.dm_exec_sessions AS s ON s.session_id = st.session_id
WHERE dt.database_transaction_begin_lsn IS NOT NULL`;

const shape: Omit<Query<WritingSession>, "text"> = {
  name: "writing sessions",
  row: z
    .object({
      databaseName: z.string(),
      transactionId: z.string(),
      transactionType: z.number().nullable(),
      sessionId: z.number().nullable(),
      isUserProcess: bit.nullable(),
      login: z.string().nullable(),
      host: z.string().nullable(),
      program: z.string().nullable(),
      loginTime: z.string().nullable(),
      hostProcessId: z.number().nullable(),
      since: z.string().nullable(),
      logBytes: count,
    })
    .transform(writingSession),
};

/**
 * By transaction, not by the session's own database: that would miss sessions that write across databases. A transaction has
 * written when it has a begin LSN. Needs VIEW SERVER STATE: without it sys.dm_exec_sessions shows only the own session.
 */
export const writersQuery: Query<WritingSession> = writersOf("d.group_database_id IS NOT NULL");

/** The same of one condition on sys.databases (alias `d`). */
export function writersOf(condition: string): Query<WritingSession> {
  return {
    ...shape,
    text: `${columns}\n  AND ${condition}\nORDER BY d.name, dt.transaction_id, s.session_id;`,
  };
}

function writingSession(row: WriterRow): WritingSession {
  const { databaseName, transactionId, since, logBytes } = row;
  return {
    databaseName,
    transactionId,
    origin: originOf(row),
    ...(row.sessionId === null
      ? {}
      : {
          session: {
            sessionId: row.sessionId,
            login: row.login ?? "",
            host: row.host,
            program: row.program,
            loginTime: row.loginTime ?? "",
            hostProcessId: row.hostProcessId,
          },
        }),
    since,
    logBytes,
  };
}

/** Only what is proved to be the system's own is `system`; what cannot be classified is `unknown` and counts as a writer. */
function originOf(row: WriterRow): WritingSession["origin"] {
  if (row.transactionType === systemTransaction || row.isUserProcess === false) return "system";
  if (row.sessionId !== null && row.isUserProcess === true) return "user";
  return row.transactionType === distributedTransaction ? "distributed" : "unknown";
}
