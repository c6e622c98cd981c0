// A scenario made into the state of a world at its first instant: both copies equal, nothing on the way.
import type { Scenario, ServerPlan } from "../scenarios/scenario.ts";
import { initialBackups } from "./initial-backups.ts";
import { firstBlock, lsn } from "./log.ts";
import { quietReplication } from "./replication.ts";
import { usualSurroundings } from "./surroundings.ts";
import { systemSession } from "./system-task.ts";
import type { BackupFaults } from "./engine-state.ts";
import type { DatabaseCopy, ServerKey, ServerState, WorldState } from "./state.ts";

const FIRST_SESSION_ID = 201;
const firstCredentialId = 65_536;
const FIRST_RECOVERY_FORK = "4E9C1A70-D83B-4A56-9F02-C7B8E5D1A364";

/** State at world time `startMs`; nothing has run yet. */
export function createState(scenario: Scenario, startMs: number): WorldState {
  const { workload } = scenario;
  return {
    settings: scenario.settings,
    engine: scenario.engine,
    nowMs: startMs,
    link: { ...scenario.link, connected: true },
    otherLink: null,
    box: createServer(scenario, "box", startMs),
    instance: createServer(scenario, "instance", startMs),
    failover: null,
    failoverEnds: [],
    nextFailover: { failure: null, lostAnswer: null, stallMs: 0 },
    replication: quietReplication(),
    nextRow: 1,
    nextTransactionId: 48_211,
    nextSessionId: FIRST_SESSION_ID,
    workload: {
      running: true,
      followsPrimary: workload.followsPrimary,
      server: scenario.primary,
      sessions: workload.sessions,
      returnsAtMs: workload.sessions.map(() => startMs),
      lastRanMs: startMs,
      commitEveryMs: workload.commitEveryMs,
      kbPerCommit: workload.kbPerCommit,
      systemCommitEveryMs: workload.systemCommitEveryMs,
      nextSystemCommitMs: startMs + (workload.systemCommitEveryMs ?? 0),
    },
    closedMs: 0,
    acknowledgedRows: [],
    discarded: [],
    backupFaults: { box: noBackupFaults(), instance: noBackupFaults() },
    statements: [],
    changes: [],
    linkOperations: [],
    automaticBackups: { isHeld: false, term: 0 },
  };
}

function noBackupFaults(): BackupFaults {
  return {
    damage: "none",
    device: "works",
    commitDuring: "never",
    commitAfter: { times: "never", afterMs: 0 },
  };
}

function createServer(scenario: Scenario, key: ServerKey, startMs: number): ServerState {
  const {
    certificateValidMs,
    upForMs,
    surroundings,
    credentials = [],
    ...plan
  }: ServerPlan = scenario[key];
  const isPrimary = scenario.primary === key;
  const startedMs = startMs - upForMs;
  const around = { ...usualSurroundings[key], ...surroundings };
  return {
    ...plan,
    otherNodes: plan.otherNodes.map((node) => ({ ...node })),
    key,
    startedMs,
    linkRole: isPrimary ? "PRIMARY" : "SECONDARY",
    linkDropped: false,
    localGroupDropped: false,
    linkAvailabilityMode: { box: "ASYNCHRONOUS_COMMIT", instance: "ASYNCHRONOUS_COMMIT" },
    copy: createCopy(isPrimary, startMs),
    backups: initialBackups(scenario, key, startMs, FIRST_RECOVERY_FORK),
    sessions: [systemSession(startedMs)],
    endpointCertificateExpiryMs: startMs + certificateValidMs,
    reachable: true,
    isCutOff: false,
    isBlackhole: false,
    downUntilMs: null,
    recoveringUntilMs: null,
    connectionEpoch: 0,
    heardPartnerMs: startMs,
    disabledLogins: [],
    serverRoles: [],
    credentials: credentials.map((one, index) => ({
      ...one,
      id: firstCredentialId + index,
      createdMs: startedMs,
    })),
    restored: [],
    // Copied: what changes in one world changes in no other.
    surroundings: { ...around, objects: { ...around.objects } },
  };
}

function createCopy(isPrimary: boolean, startMs: number): DatabaseCopy {
  const block = firstBlock(startMs);
  return {
    log: [block],
    received: 1,
    hardened: 1,
    redone: 1,
    commitKnown: "kept",
    lastCommitLsn: lsn(block, block.commits[0]?.slot),
    isSuspended: false,
    suspendReason: null,
    state: "ONLINE",
    updateability: isPrimary ? "READ_WRITE" : "READ_ONLY",
    lastReceivedMs: null,
    lastHardenedMs: null,
    lastRedoneMs: null,
    lastCommitMs: startMs,
    recoveryForkGuid: FIRST_RECOVERY_FORK,
    forkedFrom: null,
    chainBrokenMs: null,
  };
}
