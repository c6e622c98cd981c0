// From an action of the plan to what is really done for it.
import { assertNever } from "../../shared/assert-never.ts";
import type { GateState } from "../../shared/gate/gate.ts";
import type { Action, Step } from "../../shared/plan/plan.ts";
import { createBackupWatch } from "./backup-step.ts";
import { notAsPlanned } from "./as-planned.ts";
import { isChange, performChange } from "./change-steps.ts";
import { checkMigration } from "./check-migration-step.ts";
import { performDemote, resumeData } from "./demote-step.ts";
import { createTargetKeeper } from "./look-before-force-step.ts";
import { performForce, verifyForced } from "./force-step.ts";
import type { GateKeeper } from "./failover-step.ts";
import { performFailover } from "./failover-step.ts";
import {
  changeInstance,
  isBoxLeftover,
  isInstanceChange,
  removeLeftover,
} from "./leftover-steps.ts";
import type { LinkLook } from "./link-look.ts";
import { seenWords } from "./link-look.ts";
import { lookAtOldCopy } from "./old-copy-step.ts";
import { waitForNoWriters } from "./quiet-step.ts";
import { removeLink, verifyAlone } from "./remove-link-step.ts";
import { restoreCopy, verifyRestored } from "./restore-step.ts";
import { createSaver } from "./save-copy-step.ts";
import { setReplicationMode } from "./replication-mode-step.ts";
import type { RunTools } from "./run-tools.ts";
import type { StepResult } from "./step-result.ts";
import { noteEnd, nothingSent } from "./step-result.ts";
import { verifyRemoved } from "./verify-removed-step.ts";
import { verifyRoles } from "./verify-step.ts";
import { waitAtGate } from "./wait-at-gate.ts";

type WaitForGate = Extract<Action, { readonly kind: "waitForGate" }>;

/** One performer per run: it carries the gate from the waiting to the sending. */
export function createPerformer(given: RunTools): (step: Step) => Promise<StepResult> {
  const { recorder } = given;
  const backups = createBackupWatch();
  const saver = createSaver();
  const tools: RunTools = { ...given, ...watched(given, backups.seen) };
  const target = createTargetKeeper(tools);
  let gate: GateState | undefined;
  let waitStep: { readonly step: Step; readonly action: WaitForGate } | undefined;

  const wait = async (step: Step, action: WaitForGate): Promise<StepResult> => {
    recorder.begin({ kind: "stepBegan", stepId: step.id });
    const waited = await waitAtGate(tools, step, patienceOf(tools, action), gate);
    gate = waited.state;
    return waited.result;
  };

  const keeper: GateKeeper = {
    async readAgain() {
      gate = await tools.readGate(gate);
      return gate.verdict.kind === "open";
    },
    async waitAgain() {
      // A plan whose failover has no gate before it is never built; if one were, it must not be sent.
      if (waitStep === undefined) return nothingSent(noGate);
      const { step, action } = waitStep;
      const beganMs = tools.clock.nowMs();
      const result = noteEnd(tools, step, beganMs, await wait(step, action));
      return result.outcome === "succeeded" ? undefined : result;
    },
  };

  return async (step) => {
    const { action } = step;
    if (isChange(action)) return performChange(tools, step, action);
    if (isBoxLeftover(action)) return removeLeftover(tools, step, action);
    if (isInstanceChange(action)) return changeInstance(tools, step, action);
    switch (action.kind) {
      case "waitForGate": {
        waitStep = { step, action };
        return (await notReadyToBegin(tools, step)) ?? wait(step, action);
      }
      case "failover":
        return performFailover(tools, step, action, keeper);
      case "verifyRoles":
        recorder.note({ kind: "stepBegan", stepId: step.id });
        return verifyRoles(tools, step, action);
      case "setReplicationMode":
        return setReplicationMode(tools, step, action);
      case "waitForFullBackup":
        return backups.wait(tools, step, action);
      case "removeLink":
        return removeLink(tools, step, action, { gate: keeper, target, backups });
      case "lookAtOldCopy":
        return lookAtOldCopy(tools, step, action, gate);
      case "verifyRemoved":
        recorder.note({ kind: "stepBegan", stepId: step.id });
        return verifyRemoved(tools, step, action);
      case "lookBeforeForce":
        recorder.note({ kind: "stepBegan", stepId: step.id });
        return target.look(step, action);
      case "force":
        return performForce(tools, step, action, target);
      case "verifyForced":
        recorder.note({ kind: "stepBegan", stepId: step.id });
        return verifyForced(tools, step, action);
      case "waitForNoWriters":
        return waitForNoWriters(tools, step, action);
      case "saveCopy":
        return saver.save(tools, step, action);
      case "restoreCopy":
        return restoreCopy(tools, step, action, saver);
      case "verifyRestored":
        recorder.note({ kind: "stepBegan", stepId: step.id });
        return verifyRestored(tools, step, action, saver);
      case "demote":
        return performDemote(tools, step, action, saver);
      case "resumeData":
        return resumeData(tools, step, action);
      case "verifyAlone":
        recorder.note({ kind: "stepBegan", stepId: step.id });
        return verifyAlone(tools, step);
      case "checkMigration":
        return checkMigration(tools, step);
      default:
        return assertNever(action);
    }
  };
}

/** The same looks, each shown to somebody else as well. */
function watched(
  { look, lookWithAzure }: RunTools,
  seen: (look: LinkLook) => void,
): Pick<RunTools, "look" | "lookWithAzure"> {
  const shown = async (looked: Promise<LinkLook>) => {
    const one = await looked;
    seen(one);
    return one;
  };
  return { look: () => shown(look()), lookWithAzure: () => shown(lookWithAzure()) };
}

/** Seconds that may be waited from now on: the gate's own patience, and what is left of the run's budget. */
function patienceOf({ clock, plan, startedAtMs }: RunTools, { gate }: WaitForGate): number | null {
  if (plan.budgetSeconds === null) return gate.giveUpSeconds;
  const left = Math.max(0, plan.budgetSeconds - (clock.nowMs() - startedAtMs) / 1000);
  return Math.min(left, gate.giveUpSeconds ?? left);
}

async function notReadyToBegin(tools: RunTools, step: Step): Promise<StepResult | undefined> {
  const look = await tools.look();
  const problem = notAsPlanned(tools.plan, step.rolesBefore, look);
  return problem === undefined ? undefined : nothingSent(problem, seenWords(look));
}

const noGate = {
  code: "noGate",
  class: "fatal",
  summary: "This plan fails over without a gate before it. Nothing was sent.",
  remedy: "Make a new plan.",
} as const;
