// A wizard that forces over to the instance while SQL Server is gone, taken to any page, and what the watch of the instance saw.
import { pageOf } from "../../../renderer/wizard/forced-pages.ts";
import { forcedSides } from "../../../renderer/wizard/forced-type.ts";
import { linkFacts } from "../../../renderer/wizard/link-facts.ts";
import type { AnswerGiven } from "../../../renderer/wizard/answers.ts";
import type { WizardState } from "../../../renderer/wizard/wizard-state.ts";
import type { TargetCopy } from "../../../shared/forced/target.ts";
import { watchAfter } from "../../../shared/forced/watch.ts";
import type { TargetWatch } from "../../../shared/forced/watch.ts";
import type { TargetSeen } from "../../../shared/ipc.ts";
import type { PageName } from "../../../shared/ways/pages.ts";
import { forcedPlan } from "../../fakes/forced-plan.ts";
import { adatum, linkedEstate } from "../../scenarios/linked-estate.ts";
import { silentCopy } from "../../shared/forced/silent-copy.ts";
import { withoutSide } from "../link-estate.ts";
import { after, factsOf, wizardOn } from "./opened-wizard.ts";

export const estate = linkedEstate(adatum);
export const facts = linkFacts(estate, adatum.link);
export const boxGone = withoutSide(estate, "box");
export const sides = forcedSides(linkFacts(boxGone, adatum.link), "instance");

/** One reading a second; `copyAt` changes the silent copy. */
export function watched(
  seconds: number,
  copyAt: (second: number) => Partial<TargetCopy> = () => ({}),
  connectedState: "CONNECTED" | "DISCONNECTED" = "DISCONNECTED",
): TargetSeen {
  let watch: TargetWatch | undefined;
  for (let second = 0; second <= seconds; second += 1) {
    const copies = [{ ...silentCopy, ...copyAt(second) }];
    watch = watchAfter(watch, { atMs: second * 1000, connectedState, copies });
  }
  if (watch === undefined) throw new Error("Nothing was read.");
  return { watch, problem: null };
}

export const seen = {
  watching: watched(9),
  quiet: watched(10),
  alive: watched(0, () => ({}), "CONNECTED"),
  working: watched(10, () => ({ redoQueueKb: 2048 })),
  refused: watched(10, () => ({ states: ["RESTORING"] })),
  suspended: watched(10, () => ({ isSuspended: true, suspendReason: "SUSPEND_FROM_USER" })),
} as const;

/** Forced to the instance, SQL Server gone, on that page with what the watch has seen. */
export function forcedOn(
  page: PageName,
  target?: TargetSeen,
  ...answers: AnswerGiven[]
): WizardState {
  const given: readonly AnswerGiven[] = [
    { answer: "type", value: "forced" },
    { answer: "lossUnderstood", value: true },
    ...answers,
  ];
  const on = wizardOn(page, { startedFrom: "instance", estate: boxGone });
  const state = after(on, ...given.map((one) => ({ kind: "answered", ...one }) as const));
  return target === undefined ? state : after(state, { kind: "targetSeen", target });
}

export const assessed = (state: WizardState): WizardState =>
  after(
    state,
    { kind: "asked", what: "readiness", ticket: 1 },
    {
      kind: "heard",
      what: "readiness",
      ticket: 1,
      answer: { findings: [], plan: null, atMs: 1_000 },
    },
  );

export function lock(page: PageName, state: WizardState): string | undefined {
  const input = { state, facts: factsOf(state) };
  return pageOf(page, input).lock(input);
}

export function planned(state: WizardState, hash: string): WizardState {
  const answer = { findings: [], plan: { plan: forcedPlan, hash }, atMs: 1_000 };
  return after(
    state,
    { kind: "asked", what: "planning", ticket: 1 },
    { kind: "heard", what: "planning", ticket: 1, answer },
  );
}
