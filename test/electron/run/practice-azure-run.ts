// A practice estate with a DBA signed in to its Azure, and a run against both: opened by a test, closed after it.
import { afterEach, expect } from "vitest";
import { createAzureService } from "../../../electron/azure/azure-service.ts";
import type { PracticeEstate } from "../../../practice/estate.ts";
import { truth } from "../../../practice/world/truth.ts";
import type { Choices } from "../../../shared/choices/choices.ts";
import type { Side } from "../../../shared/estate/estate.ts";
import type { RunEvent } from "../../../shared/run/events.ts";
import type { PracticeRun } from "../../fakes/practice-run.ts";
import { practiceRun } from "../../fakes/practice-run.ts";
import { startTimedEstate } from "../../fakes/timed-estate.ts";
import { optionsFor, signInByBrowser } from "../azure/practice-azure.ts";

export interface OpenRun {
  readonly estate: PracticeEstate;
  readonly run: PracticeRun;
}

const open: OpenRun[] = [];
afterEach(async () => {
  for (const { estate, run } of open.splice(0)) {
    await run.close();
    await estate.stop();
  }
});

export async function openRun(
  scenario: string,
  choices: Partial<Omit<Choices, "linkName" | "to">> & { readonly linkName?: string } = {},
  to: Side = "instance",
): Promise<OpenRun> {
  const estate = await startTimedEstate({ scenario });
  const azure = createAzureService(optionsFor(estate));
  await signInByBrowser(azure);
  const run = await practiceRun(estate, estate.clock, to, { choices, azure });
  open.push({ estate, run });
  return { estate, run };
}

/** Runs the plan with the workload stopped at the gate. */
export async function toItsEnd(
  { estate, run }: OpenRun,
  onEvent: (event: RunEvent) => void = () => undefined,
) {
  const planning = await run.plan();
  expect(planning.findings.filter((finding) => finding.blocks)).toEqual([]);
  estate.world.setWorkload(false);
  const answer = await run.start(planning, onEvent);
  if (answer.kind !== "ended") throw new Error(answer.problem.summary);
  return { ...answer, planning, world: truth(estate.world.state) };
}
