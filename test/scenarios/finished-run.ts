// The events of a planned failover that went well, for any plan: what its journal holds.
import type { Side } from "../../shared/estate/estate.ts";
import type { Finding } from "../../shared/checks/finding.ts";
import type { Plan, Step } from "../../shared/plan/plan.ts";
import { migrationSummary } from "../../shared/report/after-migration.ts";
import type { RunEvent, RunEventBody, Seen, SideReadBack } from "../../shared/run/events.ts";
import type { MigrationSeen } from "../../shared/run/migration-seen.ts";

const beganMs = Date.parse("2026-11-21T20:00:00.000Z");

/** Events numbered from 1, four seconds apart. */
export function numbered(bodies: readonly RunEventBody[]): readonly RunEvent[] {
  return bodies.map((body, index) => ({
    sequence: index + 1,
    at: new Date(beganMs + index * 4_000).toISOString(),
    ...body,
  }));
}

export function runStarted(
  plan: Plan,
  findings: readonly Finding[] = [],
): Extract<RunEventBody, { kind: "runStarted" }> {
  return {
    kind: "runStarted",
    runId: "20261121-200000-AdatumBooks",
    plan,
    planHash: "9f2c".repeat(16),
    operator: "ADATUM\\dba",
    toolHost: "JUMPBOX01",
    processId: 4711,
    toolVersion: "0.1.0",
    logins: { box: "dba", instance: "dba" },
    findings,
    // The side that is given up is not read.
    serverTimes: {
      ...(plan.box.productVersion !== null && { box: "2026-11-21 22:00:00.1234567 +02:00" }),
      ...(plan.instance.productVersion !== null && {
        instance: "2026-11-21 20:00:00.1233333 +00:00",
      }),
    },
  };
}

export function finishedRun(plan: Plan, findings: readonly Finding[]): readonly RunEvent[] {
  return numbered([
    runStarted(plan, findings),
    ...(["box", "instance"] as const)
      .filter((side) => plan.kind === "plannedFailover" || side === plan.to)
      .map((side) => ({ kind: "lockTaken", side }) as const),
    ...plan.steps.flatMap((step) => eventsOf(step, plan)),
    {
      kind: "runEnded",
      outcome: "succeeded",
      summary:
        plan.move === "none"
          ? plan.steps.map(({ doneWhen }) => doneWhen).join(" ")
          : plan.move === "restore"
            ? (plan.steps.at(-1)?.doneWhen ?? "")
            : `${plan[plan.to].serverName} is primary and accepts writes.`,
    },
  ]);
}

function eventsOf(step: Step, plan: Plan): readonly RunEventBody[] {
  const stepId = step.id;
  const ended = (summary: string, more: Partial<StepEnded> = {}): StepEnded => ({
    kind: "stepEnded",
    stepId,
    outcome: "succeeded",
    summary,
    seen: [],
    elapsedMs: 4_000,
    ...more,
  });
  switch (step.action.kind) {
    case "waitForGate": {
      const sentence = "Ready: both sides hold the same log, unchanged for 5 s, and nobody writes.";
      return [
        { kind: "stepBegan", stepId },
        ended(sentence, {
          seen: [{ where: "both", what: sentence }],
          gate: {
            verdict: "open",
            by: "commitLsn",
            sentence,
            heldSince: "2026-11-21T20:00:11.000Z",
            positions: plan.link.databases.map((database) => ({
              database,
              primary: {
                lastCommitLsn: "71000009408100004",
                endOfLogLsn: "71000009408100001",
                lastHardenedLsn: null,
              },
              secondary: {
                lastCommitLsn: "71000009408100004",
                endOfLogLsn: "71000009408100001",
                lastHardenedLsn: "71000009408200001",
              },
            })),
          },
        }),
      ];
    }
    case "failover":
      return [
        begun(step),
        { kind: "statementReturned", stepId, elapsedMs: 3_210 },
        rolesReadBack(step, plan),
        ended("Both roles have switched.", { seen: rolesSeen(plan) }),
      ];
    case "verifyRoles":
      return [
        { kind: "stepBegan", stepId },
        rolesReadBack(step, plan),
        ended(`${plan[plan.to].serverName} is primary and accepts writes.`, {
          seen: rolesSeen(plan),
        }),
      ];
    case "removeLink":
    case "setReplicationMode":
      return [...asked(step), ended(step.doneWhen)];
    case "removeTrustCertificate":
    case "setHybridUsage":
      return [...asked(step), ...nothingMoved(step, plan), ended(step.doneWhen)];
    case "lookBeforeForce":
      return [{ kind: "stepBegan", stepId }, ended(step.doneWhen)];
    case "force":
      return [
        ...(step.request === undefined
          ? [begun(step), { kind: "statementReturned", stepId, elapsedMs: 11_210 } as const]
          : asked(step)),
        ended(step.doneWhen),
      ];
    case "verifyForced":
      return [
        { kind: "stepBegan", stepId },
        { kind: "readBack", stepId, sides: forcedReadBack(plan, sideAfter(plan, plan.to)) },
        ended(step.doneWhen),
      ];
    case "verifyAlone": {
      const { sides, azure } = removedReadBack(false, plan);
      return [
        { kind: "stepBegan", stepId },
        { kind: "readBack", stepId, sides: forcedReadBack(plan, sides[plan.to]), azure },
        ended(step.doneWhen),
      ];
    }
    case "verifyRemoved":
      return [
        { kind: "stepBegan", stepId },
        { kind: "readBack", stepId, ...removedReadBack(step.action.groupStays, plan) },
        ended(step.doneWhen),
      ];
    case "checkMigration": {
      const migration = migrationSeen(step.action.databases);
      return [
        { kind: "stepBegan", stepId },
        ended(migrationSummary(plan, migration), { migration }),
      ];
    }
    case "waitForFullBackup":
    case "verifyRestored":
    case "lookAtOldCopy":
      return [{ kind: "stepBegan", stepId }, ended(step.doneWhen)];
    default:
      return [
        begun(step),
        { kind: "statementReturned", stepId, elapsedMs: 90 },
        ...nothingMoved(step, plan),
        ended(step.doneWhen),
      ];
  }
}

/** What moves nothing is read back after every step: without the link, or with the roles it has. */
function nothingMoved(step: Step, plan: Plan): readonly RunEventBody[] {
  if (plan.move !== "none") return [];
  if (plan.kind === "hybridBenefit") return [rolesReadBack(step, plan)];
  const groupStays = !plan.steps.some(({ action }) => action.kind === "dropGroup");
  const { sides } = removedReadBack(groupStays, plan);
  return [{ kind: "readBack", stepId: step.id, sides }];
}

/** A request that Azure took and carried out. */
function asked({ id: stepId, request }: Step): readonly RunEventBody[] {
  return [
    { kind: "stepBegan", stepId, ...(request && { request }) },
    {
      kind: "operationAccepted",
      stepId,
      operation: { tenantId: "t", link: "the link", tells: "location", pollPath: "/operations/1" },
    },
    { kind: "statementReturned", stepId, elapsedMs: 8_100 },
  ];
}

/** The side that is given up does not answer. */
function forcedReadBack(plan: Plan, own: SideReadBack): Readonly<Record<Side, SideReadBack>> {
  const gone: SideReadBack = {
    kind: "unreadable",
    because: `${plan[plan.from].address} does not answer.`,
  };
  return plan.to === "box" ? { box: own, instance: gone } : { box: gone, instance: own };
}

type StepEnded = Extract<RunEventBody, { kind: "stepEnded" }>;

function begun(step: Step): RunEventBody {
  return {
    kind: "stepBegan",
    stepId: step.id,
    ...(step.statement === undefined ? {} : { statement: step.statement }),
    connection: {
      side: step.runsOn === "instance" ? "instance" : "box",
      sessionId: 61,
      loginTime: "2026-11-21T22:00:03.120",
    },
  };
}

function rolesReadBack(step: Step, plan: Plan): RunEventBody {
  return {
    kind: "readBack",
    stepId: step.id,
    sides: { box: sideAfter(plan, "box"), instance: sideAfter(plan, "instance") },
  };
}

/** Both sides and Azure without the link, each copy on its own; the old one READ_ONLY where the plan sets it so. */
export function removedReadBack(
  groupStays: boolean,
  plan: Plan,
): Required<Pick<Extract<RunEventBody, { kind: "readBack" }>, "sides" | "azure">> {
  const closed = plan.steps.some(({ action }) => action.kind === "setReadOnly");
  const side = (which: "box" | "instance"): SideReadBack => ({
    kind: "withoutLink",
    serverName: plan[which].serverName,
    serverTime: serverTimes[which],
    databases: plan.link.databases.map((name) => ({
      name,
      state: "ONLINE",
      updateability: which === "box" && closed ? "READ_ONLY" : "READ_WRITE",
      synchronizationState: which === "box" && groupStays ? "SYNCHRONIZED" : null,
    })),
    groupNames: which === "box" && groupStays ? [plan.link.boxGroup] : [],
  });
  return { sides: { box: side("box"), instance: side("instance") }, azure: { kind: "gone" } };
}

function migrationSeen(databases: readonly string[]): MigrationSeen {
  return {
    newestLevel: 170,
    databases: databases.map((name) => ({
      name,
      compatibilityLevel: 150,
      users: {
        kind: "seen",
        withoutLogin: [
          { name: "adatum_report", type: "S", sid: "0x6E5F0B1C2D3A4956A7B8C9D0E1F20314" },
        ],
      },
    })),
  };
}

const serverTimes = {
  box: "2026-11-21 22:00:31.1234567 +02:00",
  instance: "2026-11-21 20:00:31.1233333 +00:00",
} as const;

export function sideAfter(plan: Plan, side: "box" | "instance"): SideReadBack {
  const isPrimary = side === plan.to;
  return {
    kind: "seen",
    serverName: plan[side].serverName,
    serverTime: serverTimes[side],
    role: isPrimary ? "PRIMARY" : "SECONDARY",
    synchronizationHealth: plan.kind === "forcedFailover" ? "NOT_HEALTHY" : "HEALTHY",
    databases: plan.link.databases.map((name) => ({
      name,
      updateability: isPrimary ? "READ_WRITE" : "READ_ONLY",
      synchronizationState: "SYNCHRONIZING",
    })),
  };
}

function rolesSeen(plan: Plan): readonly Seen[] {
  return (["box", "instance"] as const).map((side) => ({
    where: side,
    what: `${plan[side].serverName} is ${side === plan.to ? "PRIMARY" : "SECONDARY"}, HEALTHY`,
  }));
}
