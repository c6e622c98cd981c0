// Which session of the server this connection is: for the journal, so that a later start can look whether it still runs.
import { z } from "zod";

/** sys.dm_exec_sessions shows a login its own sessions without any permission. */
export const ownSessionSql = `SELECT s.session_id AS sessionId,
       CONVERT(varchar(30), s.login_time, 126) AS loginTime
FROM sys.dm_exec_sessions AS s
WHERE s.session_id = @@SPID;`;

export const ownSessionRow = z.object({ sessionId: z.number(), loginTime: z.string() });
