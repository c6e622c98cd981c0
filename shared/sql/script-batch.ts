// The T-SQL around the steps of a script file: where it begins, the lock it holds, how batches are put together.
import { guardLines, guardNumbers } from "./guard.ts";
import type { Check } from "./guard.ts";
import { lockResource } from "./lock-resource.ts";
import { scriptString } from "./quote.ts";

/** Batches as SSMS, sqlcmd and FreeTDS take them: GO alone on a line. Each is whole in itself: GO ends variables and guards. */
export function joinBatches(batches: readonly string[]): string {
  return batches.map((batch) => `${batch}\nGO\n`).join("\n");
}

/** The first batch with a statement: the lock and every check are in master. */
export const useMaster = "USE master;";

/**
 * Takes the same lock as the tool takes for a run, owned by this session, without waiting; ends the batch if somebody else
 * has it. A session that has it already keeps it.
 */
export function takeLockLines(groupId: string): string[] {
  const resource = scriptString(lockResource(groupId));
  const refusal =
    "Refused: somebody else is running a failover of this link. Nothing was changed. Find out who before anything else.";
  return [
    "DECLARE @lock int = -999;",
    `IF APPLOCK_MODE(N'public', ${resource}, N'Session') = N'NoLock'`,
    `    EXEC @lock = sys.sp_getapplock @Resource = ${resource}, @LockMode = N'Exclusive', @LockOwner = N'Session', @LockTimeout = 0;`,
    "ELSE",
    "    SET @lock = 0;",
    "IF @lock < 0",
    `    THROW ${guardNumbers.action}, ${scriptString(refusal)}, 1;`,
  ];
}

/** Changes nothing after somebody else's failover: only in the session that went through the gate. */
export function afterOwnFailover(groupId: string, statement: string): string {
  return whileLocked(groupId, statement, {
    what: "this session's lock of the link, taken before the failover,",
    remedy:
      "Nothing was changed. The failover was not sent by this session; set it by hand if it is still wanted.",
  });
}

/** Changes nothing more on SQL Server once its old copy was seen to be written. */
export function afterOwnLook(groupId: string, statement: string): string {
  return whileLocked(groupId, statement, {
    what: "this session's lock of the link, taken when its old copy was found unwritten,",
    remedy: "Nothing was changed. Run the whole file, and look at what the batch before said.",
  });
}

/** Proves that this very session went through an earlier batch: a THROW ends only its own. */
function whileLocked(
  groupId: string,
  statement: string,
  words: Pick<Check, "what" | "remedy">,
): string {
  const check: Check = {
    number: guardNumbers.action,
    verdict: "Refused",
    seen: `APPLOCK_MODE(N'public', ${scriptString(lockResource(groupId))}, N'Session')`,
    wanted: ["Exclusive"],
    ...words,
  };
  return [...guardLines([check], "own"), statement].join("\n");
}

/** Gives the lock back, if this session has it; a closed session gives it back as well. */
export function releaseLockLines(groupId: string): string[] {
  const resource = scriptString(lockResource(groupId));
  return [
    `IF APPLOCK_MODE(N'public', ${resource}, N'Session') <> N'NoLock'`,
    `    EXEC sys.sp_releaseapplock @Resource = ${resource}, @LockOwner = N'Session';`,
  ];
}
