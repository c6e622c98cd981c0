// Faults that are switched on and off while the world runs.
import { SqlError } from "../sql-types.ts";
import { cancelFailover, startPlanned } from "./failover.ts";
import { forcedFailover, takeFailure } from "./failover-statements.ts";
import { setGroup } from "./group-statements.ts";
import { breakChain } from "./log-chain.ts";
import { restart } from "./restart.ts";
import { primarySide } from "./sides.ts";
import { commitRow, dropSessions } from "./workload.ts";
import type { ServerState, WorldState } from "./state.ts";
import type { Fault } from "./world.ts";

/** Switches one fault. A restart of a server that is restarting, and moved roles during a role change or without a link, do nothing. */
export function applyFault(state: WorldState, fault: Fault): void {
  switch (fault.kind) {
    case "linkDisconnected":
      state.link.connected = !fault.on;
      return;
    case "suspended": {
      const { copy } = state[fault.server];
      copy.isSuspended = fault.on;
      copy.suspendReason = fault.on ? 0 : null;
      return;
    }
    case "restart":
      if (state[fault.server].downUntilMs === null) restart(state, fault.server);
      return;
    case "unreachable":
      state[fault.server].isCutOff = fault.on;
      if (fault.on) cutConnections(state, fault.server);
      return;
    case "dropConnections":
      cutConnections(state, fault.server);
      return;
    case "rolesMoved": {
      const primary = primarySide(state);
      const isGone = state.box.linkDropped || state.instance.linkDropped;
      if (primary !== null && state.failover === null && !isGone) {
        startPlanned(state, primary, takeFailure(state));
      }
      return;
    }
    case "networkDelay":
      state.link.networkDelayMs = fault.ms;
      return;
    case "failoverOutcome":
      state.nextFailover.failure = { error: fault.error, rolesMoved: fault.rolesMoved };
      return;
    case "roleChangeStalls":
      state.nextFailover.stallMs = fault.ms;
      return;
    case "answerLost":
      state.nextFailover.lostAnswer = { afterMs: fault.afterMs, how: fault.how };
      return;
    case "connectionLost":
      // Connections are kept by practice/server, which listens.
      return;
    case "blackhole":
      state[fault.server].isBlackhole = fault.on;
      return;
    case "localGroupMoves":
      moveLocalGroup(state, fault.on);
      return;
    case "noAutomaticBackups":
      state.automaticBackups.isHeld = fault.on;
      return;
    case "permissionTaken":
      takePermission(state[fault.server], fault.permission, fault.on);
      return;
    case "userCommits":
      for (let left = fault.rows; left > 0; left--) commitRow(state, fault.server);
      return;
    case "commitDuringBackup":
      state.backupFaults[fault.server].commitDuring = fault.times;
      return;
    case "commitAfterBackup":
      state.backupFaults[fault.server].commitAfter = { times: fault.times, afterMs: fault.afterMs };
      return;
    case "backupDevice":
      state.backupFaults[fault.server].device = fault.how;
      return;
    case "backupDamage":
      state.backupFaults[fault.server].damage = fault.how;
      return;
    case "logChain":
      breakChain(state, fault.server, fault.how);
      return;
    case "forced":
    case "demoted":
      changeRole(state, fault);
      return;
    case "writersStopped":
      state.workload.running = false;
      state.workload.sessions = state.workload.sessions.map((plan) =>
        plan.whenStopped === "goesOn" ? { ...plan, whenStopped: "leaves" } : plan,
      );
  }
}

/** As somebody else's statement would, at another client. */
function changeRole(
  state: WorldState,
  { kind, server }: Extract<Fault, { kind: "forced" | "demoted" }>,
): void {
  const group = state.link.name;
  try {
    if (kind === "forced") forcedFailover(state, server, group);
    else {
      const options = new Map([["ROLE", "SECONDARY"]]);
      setGroup(state, server, { kind: "availabilityGroupSet", group, options });
    }
  } catch (error) {
    if (!(error instanceof SqlError)) throw error;
  }
}

/** A failover inside SQL Server's own group: its connections break, and so does a role change of the link under way. */
function moveLocalGroup(state: WorldState, isAway: boolean): void {
  const { box } = state;
  if ((box.localRole === "SECONDARY") === isAway) return;
  box.localRole = isAway ? "SECONDARY" : "PRIMARY";
  const away = box.otherNodes[0]?.name ?? `${box.machineName}-2`;
  box.localPrimaryReplica = isAway ? away : box.name;
  dropSessions(state, "box");
  cancelFailover(state, "failed");
}

function takePermission(server: ServerState, permission: string, isTaken: boolean): void {
  const others = server.deniedPermissions.filter(
    (name) => name.toUpperCase() !== permission.toUpperCase(),
  );
  server.deniedPermissions = isTaken ? [...others, permission] : others;
}

function cutConnections(state: WorldState, key: "box" | "instance"): void {
  state[key].connectionEpoch++;
  dropSessions(state, key);
}
