// A link made for one way whose SQL Server is gone: it cannot be forced, so it is deleted in Azure. End to end; the world is asked.
import { describe, expect, test, vi } from "vitest";
import { linkOf } from "../../../practice/scenarios/link-of.ts";
import { buildReport } from "../../../shared/report/build.ts";
import { foldEvents } from "../../../shared/run/state.ts";
import { forcedRun } from "../../fakes/forced-run.ts";
import { scaledClock } from "../../fakes/scaled-clock.ts";
import { dana, fault } from "../azure/practice-azure.ts";
import { leftAfter, openForced, toItsEnd } from "./practice-forced-run.ts";

// A whole run each, on a machine that may do much else.
vi.setConfig({ testTimeout: 120_000 });

const oneWay = linkOf({
  name: "one-way",
  summary: "",
  build: "2022 CU13",
  failoverMode: "None",
});

describe("a link with failoverMode None, SQL Server gone", () => {
  test("is deleted, said as what it is, and proved by 404 and a copy that can be written", async () => {
    const open = await openForced(oneWay);
    const { approved, findings } = await open.run.plan();
    expect(approved?.plan).toMatchObject({
      kind: "forcedFailover",
      move: "delete",
      keepLink: false,
    });
    expect(approved?.plan.summary).toMatch(
      /^The link LINK_Adatum is ended by deleting it in Azure: sqlmi1\S*'s copy of Adatum opens for writing as an independent database, and there is no way back\. Data can be lost: Adatum: everything committed/,
    );
    expect(findings.filter(({ level }) => level === "warning")).toMatchObject([
      { check: "failoverMode", summary: expect.stringContaining("41985") as string },
    ]);
    const { end, events } = await toItsEnd(open);
    expect(end.outcome, end.summary).toBe("succeeded");
    expect(open.told()).toMatchObject({
      instance: { linkDropped: true, updateability: "READ_WRITE" },
      box: { linkDropped: false, role: "PRIMARY" },
      changes: [],
      linkOperations: [{ server: "instance", text: "DELETE", count: 1, outcomes: ["done"] }],
    });
    const report = buildReport(foldEvents(events));
    expect(report?.proved).toContain("Azure answers 404 for the link LINK_Adatum.");
    expect(report?.toDo.join("\n")).toMatch(
      /still takes itself for the primary of the deleted link[^]*save what only it has[^]*Drop the distributed availability group LINK_Adatum on \S+: its other half is gone\./,
    );
    expect(report?.toDo.join("\n")).not.toContain("SET (ROLE");
  });

  test("is not deleted when the primary shows itself directly before", async () => {
    const open = await openForced(oneWay);
    const { end } = await toItsEnd(open, (event) => {
      if (event.kind !== "stepEnded" || event.stepId !== "1-look-before-force") return;
      open.estate.control({ do: "fault", fault: { kind: "linkDisconnected", on: false } });
    });
    expect([end.outcome, open.told().linkOperations]).toEqual(["failed", []]);
    expect(end.summary).toContain("Forcing now makes two primaries.");
  });

  test("is not deleted by a role that may not (403), and nothing is sent in its place", async () => {
    const open = await openForced(oneWay);
    fault(open.estate, "armFault", { kind: "role", ...dana, role: "reader" });
    const { end } = await toItsEnd(open);
    expect(end.outcome, end.summary).toBe("failed");
    expect(open.told()).toMatchObject({ changes: [], linkOperations: [], primaries: ["box"] });
  });

  test("killed when Azure had accepted the DELETE: a later start proves it, and sends nothing", async () => {
    const open = await openForced(oneWay);
    const look = await leftAfter(open, "operationAccepted", "2-remove-link");
    expect((await look()).runs).toMatchObject([
      { finding: { lookedAt: { conclusion: "happened" }, ended: { outcome: "warning" } } },
    ]);
    expect(open.told().linkOperations).toMatchObject([{ text: "DELETE", count: 1 }]);
  });

  test("without a sign-in Azure is not asked, and the instance itself refuses to be forced (41985)", async () => {
    const { estate, told } = await openForced(oneWay);
    const run = await forcedRun(estate, scaledClock(4), "instance");
    const answer = await run.start(await run.plan());
    await run.close();
    if (answer.kind !== "ended") throw new Error(answer.problem.summary);
    expect(answer.end.outcome).toBe("failed");
    const forced = answer.events.find(
      (event) => event.kind === "stepEnded" && event.stepId === "2-force",
    );
    expect(JSON.stringify(forced)).toMatch(/41985/);
    expect(JSON.stringify(forced)).toMatch(/Sign in to Azure/);
    expect(told()).toMatchObject({ linkOperations: [], primaries: ["box"] });
  });
});
