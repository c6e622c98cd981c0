// Carries the wizard: asks the main process what its pages need, and tells the pure transition what was answered.
import {
  useCallback,
  useEffect,
  useEffectEvent,
  useMemo,
  useReducer,
  useRef,
  useState,
} from "react";
import type { FailoverChoices, PlannedFailoverChoices } from "../../shared/choices/choices.ts";
import type { Side } from "../../shared/estate/estate.ts";
import { isSamePair } from "../../shared/estate/pair.ts";
import type { LinkRef, Pair } from "../../shared/estate/pair.ts";
import { pairNow } from "../../shared/estate/paired-links.ts";
import type { PairedLink } from "../../shared/estate/paired-links.ts";
import { estateOf, newestOf } from "../../shared/estate/servers.ts";
import type { ServersRead } from "../../shared/estate/servers.ts";
import { ask, cancel, useApiEvent } from "../api.ts";
import { useFollowRun } from "../run/use-follow-run.ts";
import { useNow } from "../ui/use-now.ts";
import { choicesOf, chosenOn, plannedWith } from "./answers.ts";
import {
  forcedChoicesOf,
  forcedSides,
  isConfirmed,
  isForced,
  mayForceByAzure,
} from "./forced-type.ts";
import type { LinkFacts } from "./link-facts.ts";
import { linkFacts } from "./link-facts.ts";
import { openWizard } from "./open-wizard.ts";
import { targetFacts, targetNews } from "./target-facts.ts";
import { useGateWatch } from "./use-gate-watch.ts";
import { useTargetWatch } from "./use-target-watch.ts";
import type { AskedName, WizardEvent, WizardState } from "./wizard-state.ts";
import { openedOn, planToRun, transition } from "./wizard-state.ts";

export interface WizardOptions {
  /** As it was when the wizard was opened. */
  readonly link: LinkRef;
  /** The side whose node the wizard was opened on. */
  readonly startedFrom: Side;
  /** As the explorer read it last, and the links that it knows. */
  readonly read: ServersRead;
  readonly known: readonly PairedLink[];
  /** A window that comes back: shows the run in flight, or the end of the last one. */
  readonly isComingBack?: boolean;
}

export interface WizardControls {
  readonly state: WizardState;
  readonly facts: LinkFacts;
  /** Ms since 1970, told anew every second. */
  readonly now: number;
  readonly tell: (event: WizardEvent) => void;
  /** Reads both sides again, with the checks or the plan of the page that shows them. */
  readonly readAgain: () => void;
  readonly finish: () => void;
  readonly stop: () => void;
}

export function useWizard(options: WizardOptions): WizardControls {
  const { link, startedFrom, isComingBack = false } = options;
  const { linkName } = link;
  const [told, tell] = useReducer(transition, options, (first) =>
    openedOn(first.link, first.startedFrom, estateOf(first.read, first.link.pair)),
  );
  const [ownRead, setRead] = useState(options.read);
  const { box, instance } = usePair(options, told.run.kind === "none");
  const read = newestOf(ownRead, options.read);
  const pair = useMemo(() => ({ box, instance }), [box, instance]);
  const estate = useMemo(() => estateOf(read, pair), [read, pair]);
  const state = useMemo(
    () => ({ ...told, estate, linkName, pair, startedFrom }),
    [told, estate, linkName, pair, startedFrom],
  );
  const { understood, removeLink } = told.answers;
  const facts = useMemo(
    () => linkFacts(estate, linkName, removeLink),
    [estate, linkName, removeLink],
  );
  const choices = useChoices(state, facts);
  const asked = useAsked(state, choices);

  useEffect(() => {
    void openWizard(isComingBack, tell);
  }, [isComingBack]);
  useApiEvent("connection.changed", (connections) => {
    tell({ kind: "connectionsRead", connections });
    void readEstate(setRead);
  });
  useGateWatch(state, choices, tell);
  useTargetWatch(state, tell);
  useFollowRun(state.run, tell);

  const tickets = useRef(0);
  const asking = useRef<Partial<Record<AskedName, string>>>({});
  const assess = useCallback(
    async (what: AskedName) => {
      tickets.current += 1;
      const ticket = tickets.current;
      tell({ kind: "asked", what, ticket });
      // Who asks again wants what is now: a reading that began before may have seen one side before a change, one after it.
      const before = asking.current[what];
      if (before !== undefined) cancel(before);
      const requestId = crypto.randomUUID();
      asking.current[what] = requestId;
      const answer =
        what === "readiness"
          ? await ask("readiness.check", { pair, choices: asked }, requestId)
          : await ask("plan.make", { pair, choices: withUnderstood(asked, understood) }, requestId);
      tell(
        answer.ok
          ? { kind: "heard", what, ticket, answer: { ...answer.value, atMs: Date.now() } }
          : { kind: "notHeard", what, ticket, problem: answer.error },
      );
    },
    [pair, asked, understood],
  );
  // A refusal stays in sight until the operator asks for the new plan, whatever roles are read meanwhile.
  const assessPage = useEffectEvent(() => {
    if (state.page === "readiness") void assess("readiness");
    if (state.page === "summary" && state.run.kind !== "refused") void assess("planning");
  });
  // Who is primary, as far as anybody says, is what every check begins with: a change of it is news for the page.
  const { primary } = facts;
  const news = isForced(state)
    ? targetNews(targetFacts(state.target, forcedSides(facts, startedFrom)))
    : primary;
  useEffect(() => {
    assessPage();
  }, [state.page, assess, news]);

  return { state, facts, now: useNow(1000), tell, ...useActions(state, { tell, assess, setRead }) };
}

/** The servers of the link: whoever is connected while the wizard is open completes them, and nobody changes them once it runs. */
function usePair({ link, startedFrom, known, isComingBack }: WizardOptions, isOpen: boolean): Pair {
  const [pair, setPair] = useState(link.pair);
  // The run of a window that comes back says itself between whom it is.
  if (isComingBack === true) return link.pair;
  const now = isOpen ? pairNow(known, { ...link, pair }, startedFrom) : pair;
  if (!isSamePair(now, pair)) setPair(now);
  return now;
}

/** The same object as long as the same is chosen: both sides are read again and again, and only another choice is news. */
function useChoices(state: WizardState, facts: LinkFacts): PlannedFailoverChoices {
  const { linkName } = state;
  const primary = primaryOf(state) ?? state.primaryChosen ?? facts.primary;
  const chosen = chosenOn(facts.way, state.answers);
  const { acceptUnproved, letSqlServerBeRead, keepLink, failoverBy } = chosen;
  const { dropGroup, keepOldCopyClosed, budgetSeconds } = chosen;
  return useMemo(
    () =>
      choicesOf(linkName, primary, {
        acceptUnproved,
        letSqlServerBeRead,
        keepLink,
        failoverBy,
        dropGroup,
        keepOldCopyClosed,
        budgetSeconds,
      }),
    [
      linkName,
      primary,
      acceptUnproved,
      letSqlServerBeRead,
      keepLink,
      failoverBy,
      dropGroup,
      keepOldCopyClosed,
      budgetSeconds,
    ],
  );
}

/** What checks and plan are asked for: as the operator chose the type. */
function useAsked(state: WizardState, planned: PlannedFailoverChoices): FailoverChoices {
  const { answers, linkName, startedFrom, estate } = state;
  const { aliveReason, suspendedReason, goOn, askAzure } = answers;
  const mayAskAzure = mayForceByAzure(estate, linkName, startedFrom);
  const wantsForced = isForced(state);
  const forced = useMemo(
    () =>
      forcedChoicesOf(
        { linkName, startedFrom, answers: { aliveReason, suspendedReason, goOn, askAzure } },
        mayAskAzure,
      ),
    [linkName, startedFrom, aliveReason, suspendedReason, goOn, askAzure, mayAskAzure],
  );
  return wantsForced ? forced : planned;
}

/** That both copies are independent afterwards is asked on a later page than the checks, and never of a forced failover. */
function withUnderstood(choices: FailoverChoices, understood: boolean): FailoverChoices {
  return choices.kind === "forcedFailover" ? choices : plannedWith(choices, understood);
}

function useActions(
  state: WizardState,
  {
    tell,
    assess,
    setRead,
  }: {
    readonly tell: (event: WizardEvent) => void;
    readonly assess: (what: AskedName) => Promise<void>;
    readonly setRead: (read: ServersRead) => void;
  },
): Pick<WizardControls, "readAgain" | "finish" | "stop"> {
  // Two clicks may come before the first has drawn anything.
  const isFinishing = useRef(false);
  const finish = async () => {
    const plan = planToRun(state);
    if (plan === undefined || isFinishing.current) return;
    if (isForced(state) && !isConfirmed(state)) return;
    isFinishing.current = true;
    tell({ kind: "finishPressed" });
    const { typedLinkName } = state.answers;
    const answer = await ask("run.start", {
      planHash: plan.hash,
      ...(isForced(state) ? { typedLinkName } : {}),
    });
    isFinishing.current = false;
    tell(
      answer.ok
        ? { kind: "runBegan", runId: answer.value.runId }
        : { kind: "runRefused", problem: answer.error },
    );
  };
  const stop = async () => {
    if (state.run.kind !== "followed" || state.stop === "stopping") return;
    tell({ kind: "stopPressed" });
    const answer = await ask("run.stop", { runId: state.run.runId });
    if (!answer.ok) tell({ kind: "stopFailed", problem: answer.error });
  };
  return {
    readAgain() {
      tell({ kind: "lookedAgain" });
      if (state.page === "readiness") {
        // Whoever reads again wants to know it anew: the watch of a forced failover begins again too.
        if (isForced(state)) tell({ kind: "targetUnwatched", isAnew: true });
        void assess("readiness");
      }
      if (state.page === "summary") void assess("planning");
      void readEstate(setRead);
    },
    finish: () => void finish(),
    stop: () => void stop(),
  };
}

/** From the start of a run on the gate is asked as the run's plan has it, whatever the roles become. */
function primaryOf({ run }: WizardState): Side | undefined {
  return run.kind === "followed" ? run.log.state.started?.plan.from : undefined;
}

async function readEstate(tell: (read: ServersRead) => void): Promise<void> {
  const answer = await ask("estate.read", {});
  if (answer.ok) tell(answer.value);
}
