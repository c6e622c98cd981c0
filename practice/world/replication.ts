// Log on its way: sent at a rate, received after the network's delay, hardened, redone, and reported back.
import { blockAt, commonBlocks, rememberCommits, truncateLog } from "./log.ts";
import { rowsIn } from "./log-chain.ts";
import { flowingFrom, isSynchronous, isTalking, otherSide, sendingSide } from "./sides.ts";
import type { Replication, SecondaryReport } from "./engine-state.ts";
import type { DatabaseCopy, LogBlock, ServerKey, WorldState } from "./state.ts";

/** Credit is kept for at most this much time, so that an idle link does not save up bandwidth. */
const CREDIT_MS = 100;

/** A world's replication before any log has moved. */
export function quietReplication(): Replication {
  return {
    from: null,
    sent: 0,
    sendCreditKb: 0,
    redoCreditKb: 0,
    lastSentMs: null,
    arriving: [],
    hardening: [],
    redoing: [],
    reports: [],
    lastReportMs: 0,
    lastReport: null,
    reporter: null,
    reported: null,
    isSynchronized: false,
    unconfirmed: [],
  };
}

/** One step of `stepMs`: whatever is due on the way moves on. */
export function stepReplication(state: WorldState, stepMs: number): void {
  if (isTalking(state)) {
    state.box.heardPartnerMs = state.nowMs;
    state.instance.heardPartnerMs = state.nowMs;
  }
  const from = flowingFrom(state);
  if (from !== state.replication.from) reconnect(state, from);
  if (from !== null) {
    send(state, from, stepMs);
    receive(state, from);
  }
  hardenAndRedo(state, stepMs);
  report(state);
  state.replication.isSynchronized = isInStep(state, from);
}

/** A synchronous secondary that has caught up once stays SYNCHRONIZED until the flow or the mode ends. */
function isInStep(state: WorldState, from: ServerKey | null): boolean {
  if (from === null || !isSynchronous(state)) return false;
  const { isSynchronized, reported } = state.replication;
  return isSynchronized || reported?.hardened === state[from].copy.log.length;
}

/** The copy that receives: where log flows to, or last flowed to. */
function secondaryOf(state: WorldState): ServerKey | null {
  const { failover } = state;
  if (failover !== null && failover.phase !== "starting") return failover.to;
  const { from } = state.replication;
  if (from !== null) return otherSide(from);
  if (state.box.linkRole === "SECONDARY") return "box";
  return state.instance.linkRole === "SECONDARY" ? "instance" : null;
}

/** Log starts or stops flowing: what was on the wire is lost; a receiver that has other log than the sender undoes it. */
function reconnect(state: WorldState, from: ServerKey | null): void {
  const { replication } = state;
  replication.from = from;
  replication.arriving = [];
  replication.sendCreditKb = 0;
  if (from === null) {
    const to = secondaryOf(state);
    if (to !== null) replication.sent = Math.min(replication.sent, state[to].copy.received);
    return;
  }
  const sender = state[from].copy;
  const receiver = state[otherSide(from)].copy;
  cutLog(state, otherSide(from), commonBlocks(sender.log, receiver.log));
  // Who follows another's log follows its fork.
  receiver.recoveryForkGuid = sender.recoveryForkGuid;
  receiver.forkedFrom = sender.forkedFrom;
  receiver.received = receiver.log.length;
  replication.hardening = [{ upTo: receiver.received, atMs: state.nowMs }];
  replication.redoing = [{ upTo: receiver.hardened, atMs: state.nowMs }];
  replication.sent = receiver.received;
}

/**
 * Cuts one side's log: what is on its way to disk there goes with it. What SQL Server's other link had sent and heard of
 * the part that is gone begins anew.
 */
export function cutLog(state: WorldState, key: ServerKey, count: number): void {
  const { copy } = state[key];
  if (count >= copy.log.length) return;
  state.replication.hardening = state.replication.hardening.filter(({ upTo }) => upTo <= count);
  const rows = rowsIn(copy.log.slice(count));
  if (rows.length > 0) state.discarded.push({ server: key, rows, atMs: state.nowMs });
  truncateLog(copy, count, state.settings);
  if (key !== "box" || state.otherLink === null) return;
  const { replication } = state.otherLink;
  const sent = Math.min(replication.sent, copy.log.length);
  Object.assign(replication, { ...quietReplication(), sent });
}

function send(state: WorldState, from: ServerKey, stepMs: number): void {
  const { replication, link } = state;
  const { log } = state[from].copy;
  replication.sendCreditKb = credit(replication.sendCreditKb, link.sendRateKbPerSecond, stepMs);
  const before = replication.sent;
  while (replication.sent < log.length && replication.sendCreditKb > 0) {
    replication.sendCreditKb -= nextBlock(log, replication.sent).sizeKb;
    replication.sent++;
  }
  if (replication.sent === before) return;
  replication.lastSentMs = state.nowMs;
  replication.arriving.push({ upTo: replication.sent, atMs: state.nowMs + link.networkDelayMs });
}

function receive(state: WorldState, from: ServerKey): void {
  const { replication } = state;
  const source = state[from].copy;
  const copy = state[otherSide(from)].copy;
  for (const { upTo } of due(replication.arriving, state.nowMs)) {
    while (copy.received < upTo) {
      copy.log.push(nextBlock(source.log, copy.received));
      copy.received++;
    }
    copy.lastReceivedMs = state.nowMs;
    replication.hardening.push({ upTo, atMs: state.nowMs + state.engine.hardenMs });
  }
}

function hardenAndRedo(state: WorldState, stepMs: number): void {
  const { replication } = state;
  const to = secondaryOf(state);
  if (to === null || state[to].downUntilMs !== null) return;
  const { copy } = state[to];
  for (const { upTo } of due(replication.hardening, state.nowMs)) {
    if (upTo <= copy.hardened) continue;
    copy.hardened = upTo;
    copy.lastHardenedMs = state.nowMs;
    replication.redoing.push({ upTo, atMs: state.nowMs + state.engine.redoMs });
  }
  if (!copy.isSuspended) redo(state, copy, stepMs);
}

function redo(state: WorldState, copy: DatabaseCopy, stepMs: number): void {
  const { replication, link } = state;
  replication.redoCreditKb = credit(replication.redoCreditKb, link.redoRateKbPerSecond, stepMs);
  let reachable = copy.redone;
  for (const { upTo, atMs } of replication.redoing) if (atMs <= state.nowMs) reachable = upTo;
  while (copy.redone < reachable && replication.redoCreditKb > 0) {
    const block = nextBlock(copy.log, copy.redone);
    replication.redoCreditKb -= block.sizeKb;
    copy.redone++;
    rememberCommits(copy, block, state.settings, "secondary");
    copy.lastRedoneMs = state.nowMs;
  }
  replication.redoing = replication.redoing.filter(({ upTo }) => upTo > copy.redone);
}

/** A synchronous primary hears of progress at once, an asynchronous one every `reportEveryMs`. */
function report(state: WorldState): void {
  const { replication, nowMs } = state;
  const from = sendingSide(state);
  if (from === null || !isTalking(state)) {
    replication.reports = [];
    replication.lastReport = null;
    return;
  }
  if (replication.reporter !== otherSide(from)) {
    replication.reporter = otherSide(from);
    replication.reports = [];
    replication.lastReport = null;
    replication.reported = null;
  }
  for (const { report: arrived } of due(replication.reports, nowMs)) replication.reported = arrived;
  const now = asSeenFrom(state, from, reportOf(state[otherSide(from)].copy));
  const last = replication.lastReport;
  if (last !== null && same(last, now)) return;
  if (!isSynchronous(state) && last !== null) {
    if (nowMs - replication.lastReportMs < state.engine.reportEveryMs) return;
  }
  replication.lastReport = now;
  replication.lastReportMs = nowMs;
  replication.reports.push({ report: now, atMs: nowMs + state.link.networkDelayMs });
}

/** A demoted copy that is suspended still has log of its own: of that the primary knows only how far both are the same. */
function asSeenFrom(state: WorldState, from: ServerKey, now: SecondaryReport): SecondaryReport {
  if (state.replication.from !== null) return now;
  const common = commonBlocks(state[from].copy.log, state[otherSide(from)].copy.log);
  return {
    ...now,
    received: Math.min(now.received, common),
    hardened: Math.min(now.hardened, common),
    redone: Math.min(now.redone, common),
  };
}

/** What a secondary would report of its copy now. */
export function reportOf(copy: DatabaseCopy): SecondaryReport {
  return {
    received: copy.received,
    hardened: copy.hardened,
    redone: copy.redone,
    lastCommitLsn: shownCommit(copy),
    isSuspended: copy.isSuspended,
    suspendReason: copy.suspendReason,
    lastReceivedMs: copy.lastReceivedMs,
    lastHardenedMs: copy.lastHardenedMs,
    lastRedoneMs: copy.lastRedoneMs,
    lastCommitMs: copy.lastCommitMs,
    state: copy.state,
  };
}

/** last_commit_lsn of a copy's own row: after a restart what the setting leaves, until the next commit. */
export function shownCommit(copy: DatabaseCopy): string | null {
  if (copy.commitKnown === "null") return null;
  return copy.commitKnown === "zero" ? "0" : copy.lastCommitLsn;
}

function same(one: SecondaryReport, other: SecondaryReport): boolean {
  return (
    one.received === other.received &&
    one.hardened === other.hardened &&
    one.redone === other.redone &&
    one.lastCommitLsn === other.lastCommitLsn &&
    one.isSuspended === other.isSuspended &&
    one.state === other.state
  );
}

/** Takes what is due from the front of a queue. */
function due<Item extends { readonly atMs: number }>(queue: Item[], nowMs: number): Item[] {
  let count = 0;
  while (count < queue.length && (queue[count]?.atMs ?? Infinity) <= nowMs) count++;
  return queue.splice(0, count);
}

function credit(before: number, kbPerSecond: number, stepMs: number): number {
  return Math.min(before + (kbPerSecond * stepMs) / 1000, (kbPerSecond * CREDIT_MS) / 1000);
}

function nextBlock(log: readonly LogBlock[], reached: number): LogBlock {
  return blockAt(log, reached + 1);
}
