// A failover to the instance forced by Azure, from end to end over real TDS and the practice estate's real ARM. The world is asked.
import { describe, expect, test, vi } from "vitest";
import type { RunSettings } from "../../../electron/run/run-tools.ts";
import type { RunEvent } from "../../../shared/run/events.ts";
import { dana, fault } from "../azure/practice-azure.ts";
import { leftAfter, openForced, toItsEnd } from "./practice-forced-run.ts";

// A whole run each, on a machine that may do much else.
vi.setConfig({ testTimeout: 120_000 });

const opened = (settings: Partial<RunSettings> = {}) =>
  openForced("healthy", { failoverBy: "arm", settings });

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
    const open = await opened();
    const { told } = open;
    const { end, events } = await toItsEnd(open);
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
    const open = await opened();
    const { estate, told } = open;
    fault(estate, "armFault", { kind: "role", ...dana, role: "linkOperator" });
    const { end, events } = await toItsEnd(open);
    expect(end.outcome, end.summary).toBe("succeeded");
    expect(told()).toMatchObject({ ...forced, linkOperations: [] });
    expect(told().changes).toMatchObject([{ server: "instance", count: 1, outcomes: ["done"] }]);
    const words = events.flatMap((event) => (event.kind === "stepEnded" ? [event.summary] : []));
    expect(words.join(" ")).toContain("by T-SQL");
  });

  test.each(["ManagedInstanceIsBusy", "DistributedAvailabilityGroupSetRoleFailed"])(
    "that Azure ends with %s and did not carry out has failed, and is not sent again",
    async (code) => {
      const open = await opened({ steadyAfterLostMs: 5_000 });
      const { estate, told } = open;
      fault(estate, "armFault", { kind: "operationFails", code, carriedOut: false });
      const { end } = await toItsEnd(open);
      expect(end.outcome, end.summary).toBe("failed");
      expect(told()).toMatchObject({ ...asBefore, changes: [] });
      expect(told().linkOperations).toMatchObject([{ count: 1, outcomes: ["error"] }]);
    },
  );

  test("that Azure calls failed and carried out all the same is believed by what is read back", async () => {
    const open = await opened();
    const { estate, told } = open;
    const code = "ManagedInstanceIsBusy";
    fault(estate, "armFault", { kind: "operationFails", code, carriedOut: true });
    const { end } = await toItsEnd(open);
    expect(end.outcome, end.summary).toBe("warning");
    expect(told()).toMatchObject(forced);
  });

  test("with a lost answer is read back, and not sent again", async () => {
    const open = await opened();
    const { estate, told } = open;
    fault(estate, "armFault", { kind: "operationAnswerLost" });
    const { end } = await toItsEnd(open);
    expect(end.outcome, end.summary).toBe("warning");
    expect(told()).toMatchObject({ ...forced, linkOperations: postedOnce });
  });

  test.each([
    [true, "warning", forced],
    [false, "unknown", asBefore],
  ])(
    "of an operation that never ends, carried out %s, ends %s",
    async (carriedOut, outcome, world) => {
      const open = await opened(impatient);
      const { estate, told } = open;
      fault(estate, "armFault", { kind: "operationNeverEnds", carriedOut });
      const { end } = await toItsEnd(open);
      expect(end.outcome, end.summary).toBe(outcome);
      expect(told()).toMatchObject({ ...world, changes: [] });
      expect(told().linkOperations).toMatchObject([{ count: 1 }]);
    },
  );

  test("is not sent when the primary shows itself directly before", async () => {
    const open = await opened();
    const { estate, told } = open;
    const { end } = await toItsEnd(open, (event) => {
      if (event.kind !== "stepEnded" || event.stepId !== "1-look-before-force") return;
      estate.control({ do: "fault", fault: { kind: "linkDisconnected", on: false } });
    });
    expect([end.outcome, told().linkOperations, told().primaries]).toEqual(["failed", [], ["box"]]);
    expect(end.summary).toContain("Forcing now makes two primaries.");
  });
});

describe("killed when Azure had accepted the forced failover", () => {
  async function killed(carriedOut: boolean) {
    const open = await opened(impatient);
    if (!carriedOut) fault(open.estate, "armFault", { kind: "operationNeverEnds", carriedOut });
    return { ...open, look: await leftAfter(open, "operationAccepted", "2-force") };
  }

  test("a later start proves it by the instance alone, and sends nothing", async () => {
    const { look, told } = await killed(true);
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
    const { look, told } = await killed(false);
    const [run] = (await look()).runs;
    expect(run).toMatchObject({ finding: { lookedAt: { conclusion: "stillRunning" } } });
    expect(run?.kind === "lookedAt" && run.finding.ended).toBeUndefined();
    expect(told()).toMatchObject({ ...asBefore, linkOperations: [{ count: 1 }] });
  });
});
