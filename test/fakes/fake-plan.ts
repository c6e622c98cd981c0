// A planned failover from SQL Server to the instance, as the plan builder would shape it.
import { defaultGateSettings } from "../../shared/choices/choices.ts";
import type { Plan, Step } from "../../shared/plan/plan.ts";
import { addressOf } from "./fake-session.ts";

const before = { box: "PRIMARY", instance: "SECONDARY" } as const;
const after = { box: "SECONDARY", instance: "PRIMARY" } as const;

const common = {
  why: "It is the primary.",
  undo: { kind: "changesNothing" },
  onFailure: "stopRun",
} as const;

const gateStep: Step = {
  ...common,
  id: "1-wait-for-gate",
  title: "Wait until both sides hold the same log",
  runsOn: "both",
  rolesBefore: before,
  action: { kind: "waitForGate", primary: "box", gate: defaultGateSettings },
  doneWhen: "The gate is open.",
  safeToStopAfter: true,
};

const failoverStep: Step = {
  ...common,
  id: "2-failover",
  title: "Fail over",
  runsOn: "box",
  rolesBefore: before,
  action: { kind: "failover", group: "LinkDag", primary: "box", by: "tsql" },
  statement: "guarded failover of [LinkDag]",
  doneWhen: "Both roles have changed.",
  safeToStopAfter: false,
};

const verifyStep: Step = {
  ...common,
  id: "3-verify-roles",
  title: "Read both sides back",
  runsOn: "both",
  rolesBefore: after,
  action: { kind: "verifyRoles", roles: after, readWriteOn: "instance" },
  doneWhen: "Roles, health and Updateability are read back.",
  safeToStopAfter: true,
};

const settingStep: Step = {
  ...common,
  id: "4-allow-secondary-connections",
  title: "Let SQL Server's copy be read",
  runsOn: "box",
  rolesBefore: after,
  action: {
    kind: "allowSecondaryConnections",
    group: "LinkAg",
    replica: "SQLBOX01",
    previous: "NO",
  },
  statement: "guarded setting of [LinkAg]",
  doneWhen: "ALL is read back.",
  safeToStopAfter: true,
  onFailure: "warn",
};

export const fakePlan: Plan = {
  formatVersion: 3,
  kind: "plannedFailover",
  environment: "test",
  link: {
    name: "LinkDag",
    databases: ["Adatum"],
    boxGroup: "LinkAg",
    instanceGroup: "InstanceAg",
    groupIds: {
      box: "11111111-1111-1111-1111-111111111111",
      instance: "11111111-1111-1111-1111-111111111111",
    },
    partnerEndpointUrls: { box: null, instance: null },
  },
  box: {
    serverName: "SQLBOX01",
    address: addressOf("box"),
    productVersion: "16.0.4195.2",
    edition: "Enterprise Edition",
    engineEdition: 3,
  },
  instance: {
    serverName: "sqlmi1.zone.database.windows.net",
    address: addressOf("instance"),
    productVersion: "17.0.2000.1",
    edition: "SQL Azure",
    engineEdition: 8,
  },
  from: "box",
  to: "instance",
  move: "failover",
  keepLink: true,
  closeOldCopy: "no",
  loss: null,
  reason: null,
  azure: null,
  budgetSeconds: null,
  summary: "Adatum moves from SQLBOX01 to sqlmi1.",
  acceptedWarnings: [],
  steps: [gateStep, failoverStep, verifyStep, settingStep],
};
