// Ends one session, and only the very same one: one batch that looks at who has the number now and then sends KILL.
import { scriptString } from "./quote.ts";

/** What the batch answers as its only row; NULL where KILL itself was refused. */
export const endSessionOutcomes = [
  "otherServer",
  "notAllowedToSee",
  "gone",
  "otherSession",
  "killed",
] as const;

/** A session as it was seen: the number alone is used again by the server, all of it together is one connection. */
export interface SeenSession {
  readonly serverName: string;
  readonly sessionId: number;
  /** sys.dm_exec_sessions.login_time as text, style 126. */
  readonly loginTime: string;
  readonly hostProcessId: number | null;
  readonly login: string;
}

/**
 * Parameters: serverName, sessionId, loginTime, hostProcessId, login. KILL takes no variable, so it goes through EXEC; nothing
 * closer than the same batch exists, and the number is a number by its type. Without VIEW SERVER STATE another session looks
 * like none at all.
 */
export const endSessionSql = `DECLARE @outcome nvarchar(30), @kill nvarchar(40);
IF CAST(SERVERPROPERTY(N'ServerName') AS nvarchar(128)) <> @serverName
    SET @outcome = N'otherServer';
ELSE IF COALESCE(HAS_PERMS_BY_NAME(NULL, NULL, N'VIEW SERVER PERFORMANCE STATE'), HAS_PERMS_BY_NAME(NULL, NULL, N'VIEW SERVER STATE'), 0) <> 1
    SET @outcome = N'notAllowedToSee';
ELSE IF NOT EXISTS (SELECT 1 FROM sys.dm_exec_sessions AS s WHERE s.session_id = @sessionId)
    SET @outcome = N'gone';
ELSE IF NOT EXISTS (
    SELECT 1 FROM sys.dm_exec_sessions AS s
    WHERE s.session_id = @sessionId AND s.is_user_process = 1 AND s.login_name = @login
      AND CONVERT(varchar(33), s.login_time, 126) = @loginTime
      AND (s.host_process_id = @hostProcessId OR (s.host_process_id IS NULL AND @hostProcessId IS NULL)))
    SET @outcome = N'otherSession';
ELSE
BEGIN
    SET @kill = N'KILL ' + CAST(@sessionId AS nvarchar(10)) + N';';
    EXEC (@kill);
    IF @@ERROR = 0 SET @outcome = N'killed';
END;
SELECT @outcome AS outcome;`;

/** The same batch with its values written down, for a script file. */
export function endSessionBatch(seen: SeenSession): string {
  const { serverName, sessionId, loginTime, hostProcessId, login } = seen;
  return [
    `DECLARE @serverName nvarchar(128) = ${scriptString(serverName)};`,
    `DECLARE @sessionId int = ${whole(sessionId)};`,
    `DECLARE @loginTime nvarchar(33) = ${scriptString(loginTime)};`,
    `DECLARE @hostProcessId int = ${hostProcessId === null ? "NULL" : whole(hostProcessId)};`,
    `DECLARE @login nvarchar(128) = ${scriptString(login)};`,
    endSessionSql,
  ].join("\n");
}

/** How far the rollback of a killed session has come; it ends nothing (6120: none is under way). */
export function rollbackStatus(sessionId: number): string {
  return `KILL ${whole(sessionId)} WITH STATUSONLY;`;
}

function whole(value: number): string {
  return String(Math.trunc(value));
}
