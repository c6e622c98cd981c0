// A forced failover to the instance, as the plan builder would shape it: of SQL Server nothing was read.
import { forcedRoles } from "../../shared/plan/actions/force.ts";
import type { Plan, Step } from "../../shared/plan/plan.ts";
import { fakePlan } from "./fake-plan.ts";

const common = {
  runsOn: "instance",
  why: "It takes over.",
  rolesBefore: forcedRoles("instance"),
  undo: { kind: "changesNothing" },
  onFailure: "stopRun",
} as const;

const steps: readonly Step[] = [
  {
    ...common,
    id: "1-look-before-force",
    title: "Look once more",
    action: {
      kind: "lookBeforeForce",
      side: "instance",
      databases: ["Adatum"],
      seconds: 10,
      despite: [],
    },
    doneWhen: "Nothing arrives.",
    safeToStopAfter: true,
  },
  {
    ...common,
    id: "2-force",
    title: "Force",
    action: {
      kind: "force",
      group: "LinkDag",
      side: "instance",
      by: "tsql",
      silentSeconds: 10,
    },
    statement: "guarded forced failover of [LinkDag]",
    doneWhen: "It is primary.",
    safeToStopAfter: false,
  },
  {
    ...common,
    id: "3-verify-forced",
    title: "Read the new primary back",
    action: { kind: "verifyForced", side: "instance", databases: ["Adatum"] },
    doneWhen: "It is READ_WRITE.",
    safeToStopAfter: true,
  },
];

export const forcedPlan: Plan = {
  ...fakePlan,
  kind: "forcedFailover",
  move: "force",
  box: { ...fakePlan.box, productVersion: null, edition: null, engineEdition: null },
  link: { ...fakePlan.link, groupIds: { ...fakePlan.link.groupIds, box: null } },
  budgetSeconds: null,
  loss: ["Adatum: what is lost is unknown."],
  steps,
};
