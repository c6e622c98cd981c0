// FAILOVER and FORCE_FAILOVER_ALLOW_DATA_LOSS: the checks in the engine's order, then the change itself.
import { SqlError } from "../sql-types.ts";
import type { Asked, Engine } from "./engine.ts";
import { cancelFailover, startForced, startPlanned } from "./failover.ts";
import { groupNamed } from "./groups.ts";
import { kbBetween } from "./log.ts";
import * as refusals from "./refusals.ts";
import { flowingFrom, isSecondaryElsewhere, otherSide } from "./sides.ts";
import { goesBothWays, isOlder, releaseOf } from "./versions.ts";
import type { FailoverFailure } from "./engine-state.ts";
import type { ServerKey, ServerState, WorldState } from "./state.ts";

/** ALTER AVAILABILITY GROUP ... FAILOVER: returns after the roles have switched. Throws the numbers of domain.md 7.2. */
export async function plannedFailover(
  engine: Engine,
  asked: Asked,
  group: string,
  signal: AbortSignal,
): Promise<void> {
  const { state, timeline } = engine;
  const key = asked.server;
  if (groupNamed(state, key, group, "alter") === "local") throw localFailover(state[key]);
  checkPlanned(state, key);
  const number = startPlanned(state, key, takeFailure(state));
  const keepConnection = loseAnswer(engine, asked);
  const ended = (): boolean => endOf(state, number) !== undefined;
  // Attention or a lost connection. What the engine does then is not documented, so it is a setting. A statement that goes
  // on keeps its session, with its request, in sight of everybody until it ends.
  const isCancelled = state.settings.failoverAfterLostConnection === "cancelled";
  try {
    await timeline.when(ended, isCancelled ? signal : engine.over);
  } catch (aborted) {
    if (isCancelled && state.failover?.number === number) cancelFailover(state, "cancelled");
    throw aborted;
  } finally {
    keepConnection();
  }
  const error = endOf(state, number)?.error;
  if (error) throw new SqlError(error.number, error.text);
}

/** ALTER AVAILABILITY GROUP ... FORCE_FAILOVER_ALLOW_DATA_LOSS: returns as soon as it is accepted. */
export function forcedFailover(state: WorldState, key: ServerKey, group: string): void {
  if (groupNamed(state, key, group, "alter") === "local") {
    throw localForcedFailover(state[key]);
  }
  checkForced(state, key);
  startForced(state, key);
}

/** What the engine looks at before a planned change away from this side. Throws SqlError. */
export function checkPlanned(state: WorldState, key: ServerKey): void {
  checkSide(state, key);
  checkWays(state, key);
  checkQueues(state, key);
}

/** What the engine looks at before this side takes over by force. Throws SqlError. */
export function checkForced(state: WorldState, key: ServerKey): void {
  const { link } = state;
  const server = state[key];
  if (server.localRole !== "PRIMARY") throw refusals.needsLocalPrimary(link.name);
  if (state.failover !== null) throw refusals.failoverInProgress(link.name);
  if (server.linkRole === "PRIMARY") throw refusals.alreadyPrimary(link.name);
  if (link.failoverMode === "None") throw refusals.forcedUnsupported(link.name);
  // SQL Server on its own knows nothing of what Azure is doing with the link.
  if (key === "instance" && isServiceAtWork(state)) throw refusals.wrongLocalState(link.name);
}

/** The failure a fault has laid up for the next planned change; it strikes once. */
export function takeFailure({ nextFailover }: WorldState): FailoverFailure | null {
  const { failure } = nextFailover;
  nextFailover.failure = null;
  return failure;
}

/** Lets the connection of this FAILOVER be lost when a fault says so. Returns the way to take that back. */
function loseAnswer(engine: Engine, { server, session }: Asked): () => void {
  const { nextFailover, nowMs } = engine.state;
  const { lostAnswer } = nextFailover;
  nextFailover.lostAnswer = null;
  if (lostAnswer === null) return () => undefined;
  const { afterMs, how } = lostAnswer;
  return engine.timeline.at(nowMs + afterMs, () => {
    engine.raise({ kind: "connectionLost", server, sessionId: session.sessionId, how });
  });
}

function checkSide(state: WorldState, key: ServerKey): void {
  const { name } = state.link;
  const server = state[key];
  const { failoverFloor } = releaseOf(server);
  if (key === "box" && (failoverFloor === null || isOlder(server.productVersion, failoverFloor))) {
    throw refusals.onlyForceFailover(name);
  }
  if (server.localRole !== "PRIMARY") throw refusals.needsLocalPrimary(name);
  if (state.failover !== null) throw refusals.failoverInProgress(name);
  if (key === "box" && state.otherLink?.failover) throw refusals.failoverInProgress(name);
  if (server.linkRole === "SECONDARY") throw refusals.onlyOnPrimary(name);
  if (isSecondaryElsewhere(state, key)) throw refusals.secondaryElsewhere(server.groupName);
  if (server.linkRole === "RESOLVING" || isServiceAtWork(state)) {
    throw refusals.wrongLocalState(name);
  }
  if (state[otherSide(key)].linkDropped) throw refusals.notALink(name);
}

/** A link that cannot come back (41988), or was made for one way (47504), is failed over only where the setting says so. */
function checkWays({ link, box, instance, engine }: WorldState, key: ServerKey): void {
  const isMatched = goesBothWays(box, instance);
  if (key === "instance" && !isMatched) throw refusals.formatsDiffer();
  if (engine.oneWayFailover === "carriedOut") return;
  if (!isMatched) throw refusals.formatsDiffer();
  if (link.failoverMode === "None") throw refusals.madeForOneWay(link.name);
}

/** The local group is failed over on its target, by hand where it has no cluster; this estate's other nodes only stand there. */
function localFailover({ clusterType, localRole, groupName }: ServerState): SqlError {
  if (clusterType === "NONE") return refusals.clusterTypeNone(groupName);
  return localRole === "PRIMARY"
    ? refusals.alreadyPrimary(groupName)
    : refusals.optionNotImplemented("FAILOVER of a local availability group");
}

function localForcedFailover({ localRole, groupName }: ServerState): SqlError {
  return localRole === "PRIMARY"
    ? refusals.alreadyPrimary(groupName)
    : refusals.optionNotImplemented("FORCE_FAILOVER_ALLOW_DATA_LOSS of a local availability group");
}

/** The engine's own precondition checks (ALT26; thresholds are not published, so they are data of the scenario). */
function checkQueues(state: WorldState, key: ServerKey): void {
  const { name } = state.link;
  if (flowingFrom(state) !== key) throw refusals.cannotCatchUp(name);
  const { log } = state[key].copy;
  const { sent } = state.replication;
  const sendKb = kbBetween(log, sent, log.length);
  if (sendKb > state.engine.sendQueueLimitKb) throw refusals.sendQueueTooLarge(name, sendKb);
  const { copy } = state[otherSide(key)];
  const redoKb = kbBetween(copy.log, copy.redone, copy.hardened);
  if (redoKb > state.engine.redoQueueLimitKb) throw refusals.redoQueueTooLarge(name, redoKb);
}

/** Azure is changing the link itself: its mode, a role, or its end. */
function isServiceAtWork({ linkOperations }: WorldState): boolean {
  return linkOperations.some(({ isAtWork }) => isAtWork);
}

function endOf(state: WorldState, number: number): WorldState["failoverEnds"][number] | undefined {
  return state.failoverEnds.find((end) => end.number === number);
}
