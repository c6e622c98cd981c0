// Whether a session that a journal or a list names is still there and still works. Needs VIEW SERVER STATE (2022: VIEW SERVER PERFORMANCE STATE).
import { z } from "zod";
import { count } from "./query.ts";

/** The number alone is used again by the server; login_time makes it one connection. Parameters: sessionId, loginTime. */
export const sessionActivitySql = `SELECT HAS_PERMS_BY_NAME(NULL, NULL, N'VIEW SERVER PERFORMANCE STATE') AS performanceState,
       HAS_PERMS_BY_NAME(NULL, NULL, N'VIEW SERVER STATE') AS serverState;
SELECT s.session_id AS sessionId, r.command AS command, r.percent_complete AS percentComplete,
       r.estimated_completion_time AS estimatedMs
FROM sys.dm_exec_sessions AS s
LEFT JOIN sys.dm_exec_requests AS r ON r.session_id = s.session_id
WHERE s.session_id = @sessionId AND CONVERT(varchar(33), s.login_time, 126) = @loginTime;`;

/** 2022 asks for VIEW SERVER PERFORMANCE STATE; earlier versions do not know that name and answer NULL. */
export const canSeeRow = z
  .object({ performanceState: z.number().nullable(), serverState: z.number().nullable() })
  .transform((row) => (row.performanceState ?? row.serverState) === 1);
export const sessionActivityRow = z.object({
  sessionId: z.number(),
  /** KILLED/ROLLBACK while a killed session undoes its work. */
  command: z.string().nullable(),
  percentComplete: z.number().nullable(),
  estimatedMs: count,
});
export type SessionActivityRow = z.infer<typeof sessionActivityRow>;
