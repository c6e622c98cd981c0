// The page table of a forced failover: first sentences, locks and notes where they differ from a planned one's.
import { listOf } from "../../shared/plan/actions/action-form.ts";
import type { PageName } from "../../shared/ways/pages.ts";
import { visibleText } from "../../shared/visible-text.ts";
import type { ForcedSides } from "./forced-type.ts";
import { forcedOffer, forcedSides, isConfirmed, isForced } from "./forced-type.ts";
import type { Page, PageInput } from "./pages.ts";
import { noPlanLock, pages, planLock, readinessLock, shortHash } from "./pages.ts";
import { targetLock } from "./target-facts.ts";
import { planToRun } from "./wizard-state.ts";
import { closedNext, enterConfirmsNothing, nothingChanged } from "../text/wizard-words.ts";

/** The page as the type that was chosen has it. */
export function pageOf(page: PageName, { state }: PageInput): Page {
  return (isForced(state) ? forcedPages[page] : undefined) ?? pages[page];
}

/** What the foot's button that goes forward, or forces, is called. */
export function forwardWord(page: PageName, input: PageInput): string {
  if (page !== "summary") return "Next >";
  return isForced(input.state) ? `Force failover to ${sidesOf(input).own.name}` : "Finish";
}

const unchanged = (): string => nothingChanged;

const forcedPages: Readonly<Partial<Record<PageName, Page>>> = {
  failoverType: {
    lead: () => "The roles decide what is possible from here.",
    lock: (input) =>
      ownLock(input) ??
      (input.state.answers.lossUnderstood
        ? undefined
        : closedNext("data can be lost. Tick I understand.")),
    note: unchanged,
  },
  signIn: {
    lead: (input) => {
      const { own, other } = sidesOf(input);
      return `Only ${own.name} is needed. ${other.name} is not asked, whether it answers or not.`;
    },
    lock: ownLock,
    note: unchanged,
  },
  readiness: {
    lead: (input) => {
      const { own, other } = sidesOf(input);
      return `Is ${other.name} really gone? ${own.name} is read every second. Nothing is changed by it.`;
    },
    lock: (input) =>
      ownLock(input) ??
      targetLock(input.state, sidesOf(input)) ??
      readinessLock(input.state.readiness),
    note: () => "Next is open. The run watches once more before it forces.",
  },
  postFailover: {
    lead: (input) =>
      `What is left to do after it, and when ${sidesOf(input).other.name} comes back.`,
    lock: ownLock,
    note: unchanged,
  },
  summary: {
    lead: (input) => {
      const { link } = input.state.planning.answer?.plan?.plan ?? {};
      return link === undefined
        ? ""
        : visibleText(`${listOf(link.databases)} is forced over to ${sidesOf(input).own.name}.`);
    },
    lock: forcingLock,
    note: ({ state }) =>
      `Plan ${shortHash(planToRun(state)?.hash ?? "")}. The button runs exactly these steps. ${enterConfirmsNothing}`,
  },
};

function sidesOf({ state, facts }: PageInput): ForcedSides {
  return forcedSides(facts, state.startedFrom);
}

/** Only the side that takes over has to be there, and not to be primary already. */
function ownLock(input: PageInput): string | undefined {
  const sides = sidesOf(input);
  const { own } = sides;
  if (own.because !== undefined) return closedNext(own.because);
  return forcedOffer(sides).isOffered
    ? undefined
    : closedNext(`${own.name} is ${own.role}: there is nothing to force.`);
}

/** The watch goes on beside the plan: a sign of life closes the button again. */
function forcingLock(input: PageInput): string | undefined {
  const { state } = input;
  const closed =
    planLock(state, "Forcing") ??
    (ownLock(input) ?? targetLock(state, sidesOf(input)))?.replace(/^Next/u, "Forcing") ??
    noPlanLock(state, "Forcing");
  if (closed !== undefined) return closed;
  return isConfirmed(state)
    ? undefined
    : `Forcing is closed: type the name of the link, ${visibleText(state.linkName)}. ${enterConfirmsNothing}`;
}
