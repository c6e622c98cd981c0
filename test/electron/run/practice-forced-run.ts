// SQL Server gone, the instance there, and a DBA signed in to Azure: a forced run against the practice estate, closed after the test.
import { writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { afterEach, expect } from "vitest";
import { createAzureService } from "../../../electron/azure/azure-service.ts";
import { concludeLeftRuns, goneLinks } from "../../../electron/run/conclude-left-runs.ts";
import type { LeftRuns } from "../../../electron/run/conclude-runs.ts";
import { readEstate } from "../../../electron/estate/read.ts";
import type { AzureService } from "../../../electron/services/azure-service.ts";
import type { PracticeEstate } from "../../../practice/estate.ts";
import type { Scenario } from "../../../practice/scenarios/scenario.ts";
import { truth } from "../../../practice/world/truth.ts";
import { findLinks } from "../../../shared/estate/find-links.ts";
import type { RunEvent } from "../../../shared/run/events.ts";
import type { ForcedRun, ForcedRunOptions } from "../../fakes/forced-run.ts";
import { forcedRun } from "../../fakes/forced-run.ts";
import type { TimedEstate } from "../../fakes/timed-estate.ts";
import { startTimedEstate } from "../../fakes/timed-estate.ts";
import { optionsFor, signInByBrowser } from "../azure/practice-azure.ts";

const open: { readonly run: ForcedRun; readonly estate: PracticeEstate }[] = [];
afterEach(async () => {
  for (const { run, estate } of open.splice(0)) {
    await run.close();
    await estate.stop();
  }
});

export interface OpenForced {
  readonly run: ForcedRun;
  readonly estate: TimedEstate;
  readonly azure: AzureService;
  readonly told: () => ReturnType<typeof truth>;
}

/** To the instance; SQL Server answers nobody any more. */
export async function openForced(
  scenario: string | Scenario,
  options: Omit<ForcedRunOptions, "azure"> = {},
): Promise<OpenForced> {
  const estate = await startTimedEstate({ scenario });
  const azure = createAzureService(optionsFor(estate));
  await signInByBrowser(azure);
  const run = await forcedRun(estate, estate.clock, "instance", { ...options, azure });
  open.push({ run, estate });
  estate.control({ do: "fault", fault: { kind: "linkDisconnected", on: true } });
  estate.control({ do: "fault", fault: { kind: "unreachable", server: "box", on: true } });
  estate.world.advance(30_000);
  return { run, estate, azure, told: () => truth(estate.world.state) };
}

export async function toItsEnd(
  { run }: OpenForced,
  onEvent: (event: RunEvent) => void = () => undefined,
) {
  const planning = await run.plan();
  expect(planning.findings.filter(({ blocks }) => blocks)).toEqual([]);
  const answer = await run.start(planning, onEvent);
  if (answer.kind !== "ended") throw new Error(answer.problem.summary);
  return answer;
}

/** Runs to the end, then leaves the journal as a process killed after that event of the step would have: what a later start says. */
export async function leftAfter(
  opened: OpenForced,
  kind: RunEvent["kind"],
  stepId: string,
): Promise<() => Promise<LeftRuns>> {
  const {
    run,
    azure,
    estate: { clock },
  } = opened;
  const { files, events } = await toItsEnd(opened);
  const last = events.findIndex(
    (event) => event.kind === kind && "stepId" in event && event.stepId === stepId,
  );
  expect(last).toBeGreaterThan(-1);
  const left = events.slice(0, last + 1).map((event) =>
    // Another process, which is gone.
    JSON.stringify(
      event.kind === "runStarted" ? { ...event, processId: 2 ** 30, toolHost: hostname() } : event,
    ),
  );
  writeFileSync(files.journalFile, `${left.join("\n")}\n`);
  const dataFolder = files.folder.replace(/[/\\]runs[/\\][^/\\]+$/, "");
  const around = { clock, dataFolder, sources: run.sources };
  return async () => {
    const estate = await readEstate(run.sources, around.clock);
    const found = findLinks(estate).links;
    const [link] = [...found, ...goneLinks(dataFolder, estate, found)];
    if (link === undefined) throw new Error("The link of the left run was not found.");
    return concludeLeftRuns({ ...around, azure: () => azure.linkOperations() }, link);
  };
}
