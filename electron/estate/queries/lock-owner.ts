// Who holds the advisory lock of a link on this server. Needs VIEW SERVER STATE.
import { z } from "zod";

/** resource_description is '<principal>:[<first 32 characters>]:(<hash>)' (sys.dm_tran_locks). Parameter: prefix. */
export const lockOwnerSql = `SELECT s.login_name AS login, s.host_name AS host, s.program_name AS program,
       CONVERT(varchar(30), s.login_time, 126) AS since
FROM sys.dm_tran_locks AS l
JOIN sys.dm_exec_sessions AS s ON s.session_id = l.request_session_id
WHERE l.resource_type = 'APPLICATION' AND l.request_status = 'GRANT'
  AND CHARINDEX(@prefix, l.resource_description) > 0;`;

export const lockOwnerRow = z.object({
  login: z.string(),
  host: z.string().nullable(),
  program: z.string().nullable(),
  since: z.string(),
});

/** How much of a resource's name sys.dm_tran_locks shows. */
export const shownResourceLength = 32;
