// The user sessions that are in one of some databases, and when each last asked for something.
import { connectedSession } from "../../../shared/sessions/connected.ts";
import type { ConnectedSession } from "../../../shared/sessions/connected.ts";
import { quoteString } from "../../../shared/sql/quote.ts";
import type { Query } from "./query.ts";

/** Not the one that asks. Needs VIEW SERVER STATE: without it sys.dm_exec_sessions shows only that one. */
export function connectedOf(databases: readonly string[]): Query<ConnectedSession> {
  return {
    name: "user sessions",
    text: `
SELECT
  s.session_id AS sessionId,
  s.login_name AS login,
  s.host_name AS host,
  s.program_name AS program,
  d.name AS [database],
  s.status AS status,
  CONVERT(varchar(33), s.last_request_start_time, 126) AS lastRequest,
  s.open_transaction_count AS openTransactions
FROM sys.dm_exec_sessions AS s
INNER JOIN sys.databases AS d ON d.database_id = s.database_id
WHERE s.is_user_process = 1 AND s.session_id <> @@SPID
  AND d.name IN (${databases.map(quoteString).join(", ")})
ORDER BY d.name, s.login_name, s.session_id;`,
    row: connectedSession,
  };
}
