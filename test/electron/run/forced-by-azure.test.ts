// A failover to the instance forced by Azure, from end to end over real TDS and the practice estate's real ARM. The world is asked.
import { writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { afterEach, describe, expect, test, vi } from "vitest";
import { createAzureService } from "../../../electron/azure/azure-service.ts";
import { concludeLeftRuns } from "../../../electron/run/conclude-left-runs.ts";
import type { RunSettings } from "../../../electron/run/run-tools.ts";
import type { PracticeEstate } from "../../../practice/estate.ts";
import { startPracticeEstate } from "../../../practice/estate.ts";
import { truth } from "../../../practice/world/truth.ts";
import type { RunEvent } from "../../../shared/run/events.ts";
import type { ForcedRun } from "../../fakes/forced-run.ts";
import { forcedRun } from "../../fakes/forced-run.ts";
import { scaledClock } from "../../fakes/scaled-clock.ts";
import { dana, fault, optionsFor, signInByBrowser } from "../azure/practice-azure.ts";

// A whole run each, on a machine that may do much else.
vi.setConfig({ testTimeout: 120_000 });

const speed = 4;
const open: { readonly run: ForcedRun; readonly estate: PracticeEstate }[] = [];
afterEach(async () => {
  for (const { run, estate } of open.splice(0)) {
    await run.close();
    await estate.stop();
  }
});

/** SQL Server is gone, and somebody is signed in to Azure. */
async function opened(settings: Partial<RunSettings> = {}) {
  const estate = await startPracticeEstate({ scenario: "healthy", clock: { speed } });
  const azure = createAzureService(optionsFor(estate));
  await signInByBrowser(azure);
  const run = await forcedRun(estate, scaledClock(speed), "instance", {
    failoverBy: "arm",
    azure,
    settings,
  });
  open.push({ run, estate });
  estate.control({ do: "fault", fault: { kind: "linkDisconnected", on: true } });
  estate.control({ do: "fault", fault: { kind: "unreachable", server: "box", on: true } });
  estate.world.advance(30_000);
  return { run, estate, azure, told: () => truth(estate.world.state) };
}

async function toItsEnd(run: ForcedRun, onEvent: (event: RunEvent) => void = () => undefined) {
  const answer = await run.start(await run.plan(), onEvent);
  if (answer.kind !== "ended") throw new Error(answer.problem.summary);
  return answer;
}

const impatient = { operationPatienceMs: 20_000, steadyWithoutAnswerMs: 5_000 };

const kinds = (events: readonly RunEvent[], stepId: string) =>
  events.flatMap((event) =>
    "stepId" in event && event.stepId === stepId && event.kind !== "stepProgress"
      ? [event.kind]
      : [],
  );

const postedOnce = [
  { server: "instance", text: "POST failover ForcedAllowDataLoss", count: 1, outcomes: ["done"] },
];
const forced = { primaries: ["box", "instance"], instance: { updateability: "READ_WRITE" } };
const asBefore = { primaries: ["box"], instance: { updateability: "READ_ONLY" } };

describe("forced to the instance by Azure", () => {
  test("asks once, writes the operation down, and proves it by both Azure's end and the instance", async () => {
    const { run, told } = await opened();
    const { end, events } = await toItsEnd(run);
    expect(end.outcome, end.summary).toBe("succeeded");
    expect(kinds(events, "2-force")).toEqual([
      "stepBegan",
      "operationAccepted",
      "statementReturned",
      "readBack",
      "stepEnded",
    ]);
    expect(told()).toMatchObject({ ...forced, linkOperations: postedOnce, changes: [] });
  });

  test("is sent by T-SQL where the role may not fail over (403), which says so", async () => {
    const { run, estate, told } = await opened();
    fault(estate, "armFault", { kind: "role", ...dana, role: "linkOperator" });
    const { end, events } = await toItsEnd(run);
    expect(end.outcome, end.summary).toBe("succeeded");
    expect(told()).toMatchObject({ ...forced, linkOperations: [] });
    expect(told().changes).toMatchObject([{ server: "instance", count: 1, outcomes: ["done"] }]);
    const words = events.flatMap((event) => (event.kind === "stepEnded" ? [event.summary] : []));
    expect(words.join(" ")).toContain("by T-SQL");
  });

  test.each(["ManagedInstanceIsBusy", "DistributedAvailabilityGroupSetRoleFailed"])(
    "that Azure ends with %s and did not carry out has failed, and is not sent again",
    async (code) => {
      const { run, estate, told } = await opened({ steadyAfterLostMs: 5_000 });
      fault(estate, "armFault", { kind: "operationFails", code, carriedOut: false });
      const { end } = await toItsEnd(run);
      expect(end.outcome, end.summary).toBe("failed");
      expect(told()).toMatchObject({ ...asBefore, changes: [] });
      expect(told().linkOperations).toMatchObject([{ count: 1, outcomes: ["error"] }]);
    },
  );

  test("that Azure calls failed and carried out all the same is believed by what is read back", async () => {
    const { run, estate, told } = await opened();
    const code = "ManagedInstanceIsBusy";
    fault(estate, "armFault", { kind: "operationFails", code, carriedOut: true });
    const { end } = await toItsEnd(run);
    expect(end.outcome, end.summary).toBe("warning");
    expect(told()).toMatchObject(forced);
  });

  test("with a lost answer is read back, and not sent again", async () => {
    const { run, estate, told } = await opened();
    fault(estate, "armFault", { kind: "operationAnswerLost" });
    const { end } = await toItsEnd(run);
    expect(end.outcome, end.summary).toBe("warning");
    expect(told()).toMatchObject({ ...forced, linkOperations: postedOnce });
  });

  test.each([
    [true, "warning", forced],
    [false, "unknown", asBefore],
  ])(
    "of an operation that never ends, carried out %s, ends %s",
    async (carriedOut, outcome, world) => {
      const { run, estate, told } = await opened(impatient);
      fault(estate, "armFault", { kind: "operationNeverEnds", carriedOut });
      const { end } = await toItsEnd(run);
      expect(end.outcome, end.summary).toBe(outcome);
      expect(told()).toMatchObject({ ...world, changes: [] });
      expect(told().linkOperations).toMatchObject([{ count: 1 }]);
    },
  );

  test("is not sent when the primary shows itself directly before", async () => {
    const { run, estate, told } = await opened();
    const { end } = await toItsEnd(run, (event) => {
      if (event.kind !== "stepEnded" || event.stepId !== "1-look-before-force") return;
      estate.control({ do: "fault", fault: { kind: "linkDisconnected", on: false } });
    });
    expect([end.outcome, told().linkOperations, told().primaries]).toEqual(["failed", [], ["box"]]);
    expect(end.summary).toContain("Forcing now makes two primaries.");
  });
});

describe("killed when Azure had accepted the forced failover", () => {
  /** The journal as the killed process left it: to the last event of that kind. */
  async function killedAfter(kind: RunEvent["kind"], carriedOut: boolean) {
    const { run, estate, azure, told } = await opened(impatient);
    if (!carriedOut) fault(estate, "armFault", { kind: "operationNeverEnds", carriedOut });
    const { files, events } = await toItsEnd(run);
    const last = events.findIndex(
      (event) => event.kind === kind && "stepId" in event && event.stepId === "2-force",
    );
    expect(last).toBeGreaterThan(-1);
    const left = events.slice(0, last + 1).map((event) =>
      // Another process, which is gone.
      JSON.stringify(
        event.kind === "runStarted"
          ? { ...event, processId: 2 ** 30, toolHost: hostname() }
          : event,
      ),
    );
    writeFileSync(files.journalFile, `${left.join("\n")}\n`);
    const { link } = await run.plan();
    const dataFolder = files.folder.replace(/[/\\]runs[/\\][^/\\]+$/, "");
    const look = (operations = azure.linkOperations) =>
      concludeLeftRuns(
        { sources: run.sources, clock: scaledClock(speed), dataFolder, azure: () => operations() },
        link,
      );
    return { look, told };
  }

  test("a later start proves it by the instance alone, and sends nothing", async () => {
    const { look, told } = await killedAfter("operationAccepted", true);
    const { runs } = await look();
    expect(runs).toMatchObject([
      {
        kind: "lookedAt",
        finding: { lookedAt: { conclusion: "happened" }, ended: { outcome: "warning" } },
      },
    ]);
    expect(told().linkOperations).toEqual(postedOnce);
  });

  test("one that Azure still works on keeps the run open", async () => {
    const { look, told } = await killedAfter("operationAccepted", false);
    const [run] = (await look()).runs;
    expect(run).toMatchObject({ finding: { lookedAt: { conclusion: "stillRunning" } } });
    expect(run?.kind === "lookedAt" && run.finding.ended).toBeUndefined();
    expect(told()).toMatchObject({ ...asBefore, linkOperations: [{ count: 1 }] });
  });
});
