// What the engine refuses, with SQL Server's error numbers (domain.md 7.2); the sentences are in its style.
import { SqlError } from "../sql-types.ts";

/** 15151: a missing group and a missing permission look alike. */
export function noSuchGroup(verb: "alter" | "drop", group: string): SqlError {
  return new SqlError(
    15151,
    `Cannot ${verb} the availability group '${group}', because it does not exist or you do not have permission.`,
  );
}

/** 15151 */
export function cannotDrop(thing: "endpoint" | "certificate", name: string): SqlError {
  return new SqlError(
    15151,
    `Cannot drop the ${thing} '${name}', because it does not exist or you do not have permission.`,
  );
}

/** 19503: one local group, secondary in one distributed group at most. */
export function secondaryElsewhere(group: string): SqlError {
  return new SqlError(
    19503,
    `The operation failed: the local availability group '${group}' is already secondary in another distributed availability group.`,
  );
}

/** 19504: planned failover of a distributed group needs SQL Server 2022 CU13. */
export function onlyForceFailover(group: string): SqlError {
  return new SqlError(
    19504,
    `Cannot failover a distributed availability replica for availability group '${group}'. Only force failover is supported in this version of SQL Server.`,
  );
}

/** 19508: a name in MODIFY AVAILABILITY GROUP ON that is no member. */
export function noSuchMember(member: string, group: string): SqlError {
  return new SqlError(
    19508,
    `'${member}' participating in distributed availability group '${group}' was not found. Check the name and retry.`,
  );
}

/** 19512: a statement for distributed groups on an ordinary one. */
export function notDistributed(group: string): SqlError {
  return new SqlError(
    19512,
    `Availability group '${group}' is not a distributed availability group.`,
  );
}

/** 41122 */
export function alreadyPrimary(group: string): SqlError {
  return new SqlError(
    41122,
    `Cannot failover availability group '${group}' to this instance: its availability replica here is already the primary replica.`,
  );
}

/** 41140 */
export function needsLocalPrimary(group: string): SqlError {
  return new SqlError(
    41140,
    `Availability group '${group}' cannot process the ALTER AVAILABILITY GROUP command, because the local availability replica is not the primary replica. Connect to the server that hosts the primary replica.`,
  );
}

/** 41156 */
export function groupIsBusy(group: string, why: string): SqlError {
  return new SqlError(
    41156,
    `Cannot drop availability group '${group}' from this instance: ${why}.`,
  );
}

/** 41167 */
export function noSuchReplica(replica: string, group: string): SqlError {
  return new SqlError(
    41167,
    `Availability replica '${replica}' cannot be found in availability group '${group}'. Verify both names.`,
  );
}

/** 41190 */
export function wrongLocalState(group: string): SqlError {
  return new SqlError(
    41190,
    `Availability group '${group}' failed to process the command. The local availability replica is not in a state that could process the command.`,
  );
}

/** 41195 */
export function alreadySecondary(group: string): SqlError {
  return new SqlError(
    41195,
    `Availability group '${group}' failed to process the SET (ROLE = SECONDARY) command: the local availability replica is already in the SECONDARY role.`,
  );
}

/** 41985: a link without failover can only be deleted. */
export function forcedUnsupported(group: string): SqlError {
  return new SqlError(
    41985,
    `Forced failover of distributed availability group '${group}' is not supported on this link. Delete the link instead.`,
  );
}

/** 41988 */
export function formatsDiffer(): SqlError {
  return new SqlError(
    41988,
    "A link that supports failover in both directions needs the same database format on SQL Server and on SQL Managed Instance.",
  );
}

/** 41199 */
export function notInThisEdition(feature: string): SqlError {
  return new SqlError(
    41199,
    `The command is invalid, because ${feature} of availability groups is not supported by this edition of SQL Server.`,
  );
}

/** 47122 */
export function clusterTypeNone(group: string): SqlError {
  return new SqlError(
    47122,
    `Cannot failover an availability replica for availability group '${group}' since it has CLUSTER_TYPE = NONE. Only force failover is supported.`,
  );
}

/** 47504 */
export function madeForOneWay(group: string): SqlError {
  return new SqlError(
    47504,
    `The operation on distributed availability group '${group}' failed: its link with SQL Managed Instance was made for one way, without failover.`,
  );
}

/** 47511 */
export function notALink(group: string): SqlError {
  return new SqlError(
    47511,
    `Distributed availability group '${group}' is not part of a link with SQL Managed Instance.`,
  );
}

/** 47512 */
export function notDuringFailover(group: string): SqlError {
  return new SqlError(
    47512,
    `The property of distributed availability group '${group}' cannot be changed while its failover is in progress.`,
  );
}

/** 47513 */
export function failoverInProgress(group: string): SqlError {
  return new SqlError(
    47513,
    `Cannot start the failover of distributed availability group '${group}': a previous failover is still in progress.`,
  );
}

/** 47514 */
export function cannotCatchUp(group: string): SqlError {
  return new SqlError(
    47514,
    `Failover of distributed availability group '${group}' failed: the secondary replica is not synchronizing or cannot catch up with the primary.`,
  );
}

/** 47515 */
export function sendQueueTooLarge(group: string, kb: number): SqlError {
  return new SqlError(
    47515,
    `Failover of distributed availability group '${group}' failed: the log send queue is too large (${kb} KB).`,
  );
}

/** 47516 */
export function redoQueueTooLarge(group: string, kb: number): SqlError {
  return new SqlError(
    47516,
    `Failover of distributed availability group '${group}' failed: the redo queue of the secondary is too large (${kb} KB).`,
  );
}

/** 47517 */
export function onlyOnPrimary(group: string): SqlError {
  return new SqlError(
    47517,
    `This type of failover of distributed availability group '${group}' can be started on its primary replica only.`,
  );
}

/** What a fault lets a FAILOVER end with: any number, in that error's own words where they are known here. */
export function failoverEndedWith(error: number, group: string): SqlError {
  const known = [
    failoverInProgress(group),
    cannotCatchUp(group),
    sendQueueTooLarge(group, FAULT_QUEUE_KB),
    redoQueueTooLarge(group, FAULT_QUEUE_KB),
    didNotComeOnline(group),
    onlineTimedOut(group),
  ].find(({ sql }) => sql.number === error);
  return (
    known ??
    new SqlError(error, `Failover of availability group '${group}' failed with error ${error}.`)
  );
}

const FAULT_QUEUE_KB = 5120;

/** 41104 */
function didNotComeOnline(group: string): SqlError {
  return new SqlError(
    41104,
    `Failover of availability group '${group}' to the local replica failed, because the availability group resource did not come online due to a previous error.`,
  );
}

/** 41131 */
function onlineTimedOut(group: string): SqlError {
  return new SqlError(
    41131,
    `Failed to bring availability group '${group}' online. The operation timed out.`,
  );
}

/** 47523 */
export function optionNotOnLink(option: string, group: string): SqlError {
  return new SqlError(
    47523,
    `Option '${option}' cannot be modified on distributed availability group '${group}', which is a link with SQL Managed Instance.`,
  );
}

/** 40517: an option SQL Server has and the practice estate has not. */
export function optionNotImplemented(option: string): SqlError {
  return new SqlError(
    40517,
    `Keyword or statement option '${option}' is not implemented in the practice estate.`,
  );
}
