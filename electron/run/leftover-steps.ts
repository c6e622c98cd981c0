// The steps that move nothing: what removes a leftover, and what changes the instance in Azure; and what shows that it is done.
import type { Fact } from "../../shared/estate/estate.ts";
import type { Action, Step } from "../../shared/plan/plan.ts";
import { asPlannedAndHeld, settingTimes } from "./change-steps.ts";
import type { Aim } from "./judge.ts";
import type { LinkLook } from "./link-look.ts";
import { performRequest } from "./request-step.ts";
import type { RunTools } from "./run-tools.ts";
import { performStatement } from "./statement-step.ts";
import type { StepResult } from "./step-result.ts";
import { nothingSent } from "./step-result.ts";

type BoxLeftover = Extract<
  Action,
  { kind: "dropEndpoint" | "dropCertificate" | "turnOffTraceFlag" }
>;
type InstanceChange = Extract<Action, { kind: "removeTrustCertificate" | "setHybridUsage" }>;

export function isBoxLeftover(action: Action): action is BoxLeftover {
  return (
    action.kind === "dropEndpoint" ||
    action.kind === "dropCertificate" ||
    action.kind === "turnOffTraceFlag"
  );
}

export function isInstanceChange(action: Action): action is InstanceChange {
  return action.kind === "removeTrustCertificate" || action.kind === "setHybridUsage";
}

export function removeLeftover(
  tools: RunTools,
  step: Step,
  action: BoxLeftover,
): Promise<StepResult> {
  return performStatement(tools, {
    step,
    aim: leftoverAim(action),
    times: settingTimes(tools.settings),
    lastCheck: () => asPlannedAndHeld(tools, step),
    done: doneWords(tools, action),
  });
}

export function changeInstance(
  tools: RunTools,
  step: Step,
  action: InstanceChange,
): Promise<StepResult> {
  return performRequest(tools, {
    step,
    aim: instanceAim(action),
    times: settingTimes(tools.settings),
    lastCheck: async () => (await asPlannedAndHeld(tools, step)) ?? readyToChange(tools, action),
    done: doneWords(tools, action),
  });
}

/** Read once more directly before: the instance is Ready, and no link needs the certificate. */
async function readyToChange(
  { lookWithAzure, plan }: RunTools,
  action: InstanceChange,
): Promise<StepResult | undefined> {
  const seen = (await lookWithAzure()).instanceInAzure;
  if (seen === undefined || seen.kind === "notAllowed")
    return nothingSent(notReady(plan.instance.serverName, "not seen"));
  if (seen.kind === "failed") return nothingSent(seen.problem);
  const { state } = seen.value.instance;
  return action.kind === "removeTrustCertificate" || state === "Ready"
    ? undefined
    : nothingSent(
        notReady(plan.instance.serverName, state ?? "in a state that Azure does not tell"),
      );
}

function notReady(server: string, state: string) {
  return {
    code: "instanceNotReady",
    class: "wait",
    summary: `${server} is ${state}, and is changed only while it is Ready. Nothing was sent.`,
    remedy: "Wait until it is Ready, and look at the new plan.",
  } as const;
}

export function leftoverAim(action: BoxLeftover): Aim {
  return aimOf(
    (look) => look.leftovers,
    (seen) => {
      switch (action.kind) {
        case "dropEndpoint":
          return !seen.endpoints.includes(action.endpoint);
        case "dropCertificate":
          return !seen.certificateNames.includes(action.certificate);
        case "turnOffTraceFlag":
          return seen.traceFlags.every(({ flag, isOn }) => flag !== action.flag || !isOn);
      }
    },
  );
}

export function instanceAim(action: InstanceChange): Aim {
  return aimOf(
    (look) => look.instanceInAzure,
    ({ instance, trustCertificates }) =>
      action.kind === "removeTrustCertificate"
        ? !trustCertificates.includes(action.certificate)
        : instance.hybridSecondaryUsage === action.usage && instance.state === "Ready",
  );
}

/** A look that does not show it, or may not, proves neither. */
function aimOf<T>(
  from: (look: LinkLook) => Fact<T> | undefined,
  isShown: (value: T) => boolean,
): Aim {
  const shows = (look: LinkLook): boolean | undefined => {
    const fact = from(look);
    return fact?.kind === "seen" ? isShown(fact.value) : undefined;
  };
  const isDone = (look: LinkLook) => shows(look) === true;
  return { isDone, isProved: isDone, isAsBefore: (look) => shows(look) === false };
}

function doneWords({ plan }: RunTools, action: BoxLeftover | InstanceChange): string {
  const [box, instance] = [plan.box.serverName, plan.instance.serverName];
  switch (action.kind) {
    case "dropEndpoint":
      return `The endpoint ${action.endpoint} is gone from ${box}.`;
    case "dropCertificate":
      return `The certificate ${action.certificate} is gone from ${box}.`;
    case "turnOffTraceFlag":
      return `Trace flag ${String(action.flag)} is off on ${box}.`;
    case "removeTrustCertificate":
      return `${instance} does not trust the certificate ${action.certificate} any more.`;
    case "setHybridUsage":
      return `Azure shows hybridSecondaryUsage ${action.usage} of ${instance}, which is Ready.`;
  }
}
