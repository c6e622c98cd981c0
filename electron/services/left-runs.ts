// Runs that were left without a known end, told to the window: looked at where both servers are connected.
import type { Problem } from "../../shared/errors/app-error.ts";
import { findLinks } from "../../shared/estate/find-links.ts";
import type { LeftRunFacts } from "../../shared/ipc.ts";
import { foldEvents } from "../../shared/run/state.ts";
import { visibleText } from "../../shared/visible-text.ts";
import { readEstate } from "../estate/read.ts";
import type { LookingBack } from "../run/conclude-left-runs.ts";
import { concludeLeftRuns } from "../run/conclude-left-runs.ts";
import type { LeftRun } from "../run/conclude-runs.ts";
import type { UnfinishedRun } from "../store/run-folder.ts";
import { findUnfinishedRuns } from "../store/run-folder.ts";

/** Sends nothing. `ownRunId` is the run of this process, which is not left behind. */
export async function tellLeftRuns(
  around: LookingBack,
  ownRunId: string | undefined,
  signal: AbortSignal,
): Promise<readonly LeftRunFacts[]> {
  const before = findUnfinishedRuns(around.dataFolder);
  const others = before.unfinished.filter(({ files }) => files.runId !== ownRunId);
  const looked = others.length === 0 ? [] : await lookedAtRuns(around, signal);
  const seen = new Set(looked.map((left) => left.files.runId));
  return [
    ...looked.filter((left) => left.files.runId !== ownRunId).map(factsOf),
    ...others.filter(({ files }) => !seen.has(files.runId)).map(notLookedAt),
    ...before.damaged.map(damaged),
  ];
}

async function lookedAtRuns(around: LookingBack, signal: AbortSignal): Promise<readonly LeftRun[]> {
  const { box, instance } = around.sources;
  if ("unreachable" in box || "unreachable" in instance) return [];
  const estate = await readEstate(around.sources, around.clock, signal);
  const left: LeftRun[] = [];
  for (const link of findLinks(estate).links) {
    left.push(...(await concludeLeftRuns(around, link)).runs);
  }
  return left;
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
