// Runs that were left without a known end, told to the window: looked at where the servers that can tell are connected.
import type { Problem } from "../../shared/errors/app-error.ts";
import type { Side } from "../../shared/estate/estate.ts";
import { findLinks } from "../../shared/estate/find-links.ts";
import type { Link } from "../../shared/estate/link.ts";
import { isSamePair } from "../../shared/estate/pair.ts";
import type { Pair } from "../../shared/estate/pair.ts";
import type { LeftRunFacts } from "../../shared/ipc.ts";
import type { Plan } from "../../shared/plan/plan.ts";
import { foldEvents } from "../../shared/run/state.ts";
import { visibleText } from "../../shared/visible-text.ts";
import { readEstate } from "../estate/read.ts";
import type { LookingBack } from "../run/conclude-left-runs.ts";
import { concludeLeftRuns, goneLinks } from "../run/conclude-left-runs.ts";
import type { LeftRun, LeftRuns } from "../run/conclude-runs.ts";
import type { UnfinishedRun } from "../store/run-folder.ts";
import { findUnfinishedRuns } from "../store/run-folder.ts";
import { oneAfterTheOther } from "./one-after-the-other.ts";

export interface LeftRunService {
  /** Sends nothing. What was found out is told again to a page that comes back, until `forget`. */
  tell(signal: AbortSignal): Promise<readonly LeftRunFacts[]>;
  /** Looks at the runs that were left of one link between these two servers. */
  conclude(link: Link, pair: Pair): Promise<LeftRuns>;
  /** A run begins: what was told before it may not be so any more. */
  forget(): void;
}

export interface LeftRunOptions {
  /** Throws AppError where there is none. */
  readonly dataFolder: () => string;
  /** The connections to the servers of a plan, null for one that there is none to. */
  readonly pairOf: (plan: Plan) => Pair;
  /** Asked for each time: connections change. */
  readonly around: (pair: Pair) => LookingBack;
  /** The run of this process in flight, which is not left behind. */
  readonly ownRunId: () => string | undefined;
}

/** One look after the other: two at once would write the same journal. */
export function createLeftRuns(options: LeftRunOptions): LeftRunService {
  const turn = oneAfterTheOther();
  const known = new Map<string, LeftRunFacts>();
  const tell = async (signal: AbortSignal): Promise<readonly LeftRunFacts[]> => {
    const { ended, others } = await leftRuns(options, signal);
    for (const facts of ended) known.set(facts.runId, facts);
    return [...known.values(), ...others.filter(({ runId }) => !known.has(runId))];
  };
  return {
    tell: (signal) => turn(() => tell(signal)),
    conclude: (link, pair) => turn(() => concludeLeftRuns(options.around(pair), link)),
    forget() {
      known.clear();
    },
  };
}

/** `ended`: looked at, so that their end is on disk now and another look would pass them over. */
async function leftRuns(
  options: LeftRunOptions,
  signal: AbortSignal,
): Promise<Readonly<Record<"ended" | "others", readonly LeftRunFacts[]>>> {
  const before = findUnfinishedRuns(options.dataFolder());
  const own = options.ownRunId();
  const unfinished = before.unfinished.filter(({ files }) => files.runId !== own);
  const looked: LeftRun[] = [];
  for (const [pair, plans] of plansByPair(unfinished, options)) {
    const isOurs = (plan: Plan) => isSamePair(options.pairOf(plan), pair);
    const around = { ...options.around(pair), isOurs };
    looked.push(...(await lookedAtRuns(around, plans, signal)));
  }
  const seen = new Set(looked.map(({ files }) => files.runId));
  const hasEnd = (left: LeftRun) => left.kind === "lookedAt" && left.finding.ended !== undefined;
  return {
    ended: looked.filter(hasEnd).map(factsOf),
    others: [
      ...looked.filter((left) => !hasEnd(left)).map(factsOf),
      ...unfinished.filter(({ files }) => !seen.has(files.runId)).map(notLookedAt),
      ...before.damaged.map(damaged),
    ],
  };
}

/** Plans of runs that were left, by the two connections that lead to their servers. */
function plansByPair(
  unfinished: readonly UnfinishedRun[],
  { pairOf }: LeftRunOptions,
): readonly (readonly [Pair, readonly Plan[]])[] {
  const plans = unfinished.flatMap(({ journal }) => foldEvents(journal.events).started?.plan ?? []);
  const pairs = plans.map(pairOf);
  return pairs
    .filter((pair, index) => pairs.findIndex((one) => isSamePair(one, pair)) === index)
    .map((pair) => [pair, plans.filter((plan) => isSamePair(pairOf(plan), pair))] as const);
}

/** `plans`: of the runs that were left between the two servers around. */
async function lookedAtRuns(
  around: LookingBack,
  plans: readonly Plan[],
  signal: AbortSignal,
): Promise<readonly LeftRun[]> {
  const silent = (["box", "instance"] as const).filter(
    (side) => "unreachable" in around.sources[side],
  );
  if (silent.length > 0 && !areForcedFrom(plans, silent)) return [];
  const estate = await readEstate(around.sources, around.clock, signal);
  const left: LeftRun[] = [];
  const { links } = findLinks(estate);
  for (const link of [...links, ...goneLinks(around.dataFolder, estate, links)]) {
    left.push(...(await concludeLeftRuns(around, link)).runs);
  }
  return left;
}

/** A forced failover is judged by the side that took over alone. */
function areForcedFrom(plans: readonly Plan[], silent: readonly Side[]): boolean {
  return plans.every(
    (plan) => plan.kind === "forcedFailover" && silent.every((side) => side === plan.from),
  );
}

function factsOf(left: LeftRun): LeftRunFacts {
  const { runId } = left.files;
  if (left.kind === "inFlight") return { runId, summary: left.because, seen: [], toDo: [] };
  const { lookedAt, ended, stillToDo } = left.finding;
  return {
    runId,
    summary: lookedAt.summary,
    seen: lookedAt.seen.map((one) => one.what),
    toDo:
      ended === undefined
        ? ["No new run is started before this is known. Look again.", ...stillToDo]
        : stillToDo,
  };
}

function notLookedAt({ files, journal }: UnfinishedRun): LeftRunFacts {
  const plan = foldEvents(journal.events).started?.plan;
  const of = plan === undefined ? "" : ` of ${visibleText(plan.link.name)}`;
  const servers =
    plan === undefined
      ? "both servers"
      : plan.kind === "forcedFailover"
        ? visibleText(plan[plan.to].address)
        : `${visibleText(plan.box.address)} and ${visibleText(plan.instance.address)}`;
  return {
    runId: files.runId,
    summary: `A run${of} was left, and how it ended is not known.`,
    seen: [],
    toDo: [`Connect to ${servers}: then it is looked at.`],
  };
}

/** A journal that cannot be read has no run of its own any more. */
function damaged({ summary, detail, remedy }: Problem): LeftRunFacts {
  return { runId: "", summary, seen: detail === undefined ? [] : [detail], toDo: [remedy] };
}
