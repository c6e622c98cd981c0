// The page table of a planned failover: of each page its first sentence, what keeps Next closed, and the note at the foot.
import { countedWriters } from "../../shared/gate/obstacle.ts";
import { visibleText } from "../../shared/visible-text.ts";
import { withShortNames } from "../ui/short-names.ts";
import { budgetMinutesOf, leastBudgetMinutes, mostBudgetMinutes } from "./answers.ts";
import type { LinkFacts } from "./link-facts.ts";
import { notPlannable } from "./link-facts.ts";
import type { PageName } from "../../shared/ways/pages.ts";
import type { Asked, WizardState } from "./wizard-state.ts";
import { planToRun } from "./wizard-state.ts";
import { checkTitle } from "../../shared/help/check-help.ts";
import { closedNext, nothingChanged, onDisk, pageTitles, runWaits } from "../text/wizard-words.ts";

/** Computed once for a state: the link as its estate tells it. */
export interface PageInput {
  readonly state: WizardState;
  readonly facts: LinkFacts;
}

export interface Page {
  /** One sentence below the heading; empty for none. */
  readonly lead: (input: PageInput) => string;
  /** Why the page's filled button is closed, one sentence; undefined: it is open. */
  readonly lock: (input: PageInput) => string | undefined;
  /** At the foot while it is open. */
  readonly note: (input: PageInput) => string;
}

const open = (): undefined => undefined;
const unchanged = (): string => nothingChanged;

export const pages: Readonly<Record<PageName, Page>> = {
  introduction: {
    lead: () => "What this wizard does, and what it needs.",
    lock: open,
    note: unchanged,
  },
  failoverType: {
    lead: () => "The roles decide what is possible from here.",
    lock: (input) => wayLock(input, "failoverType") ?? localSideLock(input),
    note: unchanged,
  },
  signIn: {
    lead: ({ state, facts }) =>
      `A failover needs both sides. The other side of ${visibleText(state.linkName)} is ${facts[otherOf(state)].name}.`,
    lock: (input) =>
      turnedLock(input) ?? closed(notPlannable(input.facts)) ?? wayLock(input, "signIn"),
    note: unchanged,
  },
  readiness: {
    lead: () => "Read on both sides. Nothing is changed by these checks.",
    lock: (input) => turnedLock(input) ?? readinessLock(input.state.readiness),
    note: ({ state }) => readinessNote(state.readiness),
  },
  postFailover: {
    lead: () => "What happens to the link and to the old primary after the failover.",
    lock: (input) =>
      turnedLock(input) ??
      wayLock(input, "postFailover") ??
      understoodLock(input) ??
      budgetLock(input),
    note: unchanged,
  },
  summary: {
    lead: ({ state }) => visibleText(state.planning.answer?.plan?.plan.summary ?? ""),
    lock: (input) =>
      planLock(input.state, "Finish") ??
      turnedLock(input)?.replace(/^Next/u, "Finish") ??
      noPlanLock(input.state, "Finish"),
    note: ({ state }) => summaryNote(state),
  },
  executing: { lead: () => "", lock: open, note: () => onDisk },
  results: {
    lead: () => "",
    lock: open,
    note: ({ state }) => (state.run.kind === "followed" ? `Run ${state.run.runId}.` : ""),
  },
};

/** `7F3A-91C2`: enough to tell two plans apart by eye. */
export function shortHash(hash: string): string {
  return `${hash.slice(0, 4)}-${hash.slice(4, 8)}`.toUpperCase();
}

function otherOf({ startedFrom }: WizardState): "box" | "instance" {
  return startedFrom === "box" ? "instance" : "box";
}

/** Before the sign-in only the side where the wizard was started has to tell its role. */
function localSideLock({ state, facts }: PageInput): string | undefined {
  const [local, remote] = [facts[state.startedFrom], facts[otherOf(state)]];
  if (local.because !== undefined) return closed(local.because);
  if (remote.because === undefined) return closed(notPlannable(facts));
  return local.role === "RESOLVING"
    ? `Next is closed: the role of ${local.name} is changing. Read both sides again.`
    : undefined;
}

/** What is decided for the link keeps the page shut. */
function wayLock({ facts: { way, instance } }: PageInput, page: PageName): string | undefined {
  const said = way?.lock[page];
  return said === undefined
    ? undefined
    : closed(withShortNames(`${said.sentence} ${said.remedy}`, instance.serverName));
}

/** Roles that moved under the wizard would turn the failover round: that is the operator's to choose, on its page. */
function turnedLock({ state: { primaryChosen }, facts }: PageInput): string | undefined {
  if (primaryChosen === undefined || facts.primary === undefined) return undefined;
  return facts.primary === primaryChosen
    ? undefined
    : closed(
        `the roles have moved, ${facts[facts.primary].name} is primary now. Go back to ${pageTitles.failoverType}, or leave the wizard.`,
      );
}

function understoodLock({ state, facts: { way } }: PageInput): string | undefined {
  const isAsked = way?.understood.isRequired === true && !state.answers.understood;
  return isAsked
    ? closed("the link is removed, and both copies are independent afterwards. Tick I understand.")
    : undefined;
}

function budgetLock({ state }: PageInput): string | undefined {
  const [least, most] = [String(leastBudgetMinutes), String(mostBudgetMinutes)];
  return budgetMinutesOf(state.answers) === undefined
    ? closed(`the time budget is not a whole number of minutes from ${least} to ${most}.`)
    : undefined;
}

function closed(reason: string | undefined): string | undefined {
  return reason === undefined ? undefined : closedNext(reason);
}

/** What the checks answered keeps Next closed. */
export function readinessLock({ answer, problem }: Asked): string | undefined {
  // What was answered before says nothing of what cannot be read now.
  if (problem !== undefined) {
    return closedNext(visibleText(`${problem.summary} ${problem.remedy}`));
  }
  if (answer === undefined) return closedNext("both sides are being read.");
  const blocking = answer.findings.find(({ blocks }) => blocks);
  if (blocking === undefined) return undefined;
  const state = blocking.level === "failed" ? "failed" : "is not known";
  const where = blocking.server === "" ? "both sides" : visibleText(blocking.server);
  return `Next is closed: ${checkTitle(blocking.check)} ${state} on ${where}. ${visibleText(blocking.remedy)}`;
}

/** Sentence 13 of the concept. */
function readinessNote({ answer }: Asked): string {
  const isWarned = answer?.findings.some(({ level }) => level === "warning") ?? false;
  const because = isWarned ? ": warnings do not block" : "";
  return `Next is open${because}. The run waits at this gate again before it fails over.`;
}

/** What Summary's button is called in the sentence that says why it is closed. */
type LastWord = "Finish" | "Forcing";

/** A run that begins or was refused keeps Summary's button closed. */
export function planLock({ run }: WizardState, word: LastWord): string | undefined {
  if (run.kind === "starting") {
    return word === "Finish"
      ? "Both sides are locked and read again before the first step."
      : "The side that takes over is locked and read again before the first step.";
  }
  return run.kind === "refused" ? `${word} is closed: look at the new plan first.` : undefined;
}

/** Without a plan that is up to date nothing can be run. */
export function noPlanLock(state: WizardState, word: LastWord): string | undefined {
  const { planning } = state;
  if (planning.ticket !== undefined)
    return `${word} is closed: the plan is being made from a fresh reading.`;
  if (planToRun(state) !== undefined) return undefined;
  const lock = readinessLock(planning) ?? closedNext("there is no plan.");
  return lock.replace(/^Next/u, word);
}

function summaryNote(state: WizardState): string {
  const plan = planToRun(state);
  const exactly = `Plan ${shortHash(plan?.hash ?? "")}. Finish runs exactly these steps; if a role changes first, it refuses.`;
  return somebodyWrites(state) && plan !== undefined
    ? `${exactly} ${runWaits(plan.plan)}`
    : exactly;
}

/** The gate sees it, or the operator has not said that the workload is stopped. */
function somebodyWrites({ gate, answers }: WizardState): boolean {
  const writers = gate?.last.writers;
  if (writers?.kind === "seen") return countedWriters(writers.value).length > 0;
  return !answers.workloadStopped;
}
