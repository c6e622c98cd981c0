// The report of a run that removes the link: what is proved, what is at risk, what was taken back, and what is left to do.
import { describe, expect, test } from "vitest";
import { defaultRemoval } from "../../../shared/choices/choices.ts";
import { doneSentence } from "../../../shared/report/done-sentence.ts";
import { reportToMarkdown } from "../../../shared/report/to-markdown.ts";
import type { RunEvent, RunEventBody, SideReadBack } from "../../../shared/run/events.ts";
import { foldEvents } from "../../../shared/run/state.ts";
import { finishedRun, removedReadBack } from "../../scenarios/finished-run.ts";
import type { LinkShape } from "../../scenarios/linked-estate.ts";
import { adatum } from "../../scenarios/linked-estate.ts";
import {
  failedEnd,
  on2019,
  planOf,
  renumbered,
  reportOf,
  stepOf,
  stoppedEnd,
  understood,
  until,
  withReadBack,
} from "./removal-runs.ts";

const moved = planOf(adatum, {});
const deleted = planOf(on2019, { removal: understood });
const instance = moved.instance.serverName;
const backupToDo = `First full backup on ${instance} has not been seen. Do not remove the link before it.`;

describe("a run that failed over and removed the link", () => {
  test("proves the link gone on three sides, both copies as they are, and the backup that was seen", () => {
    const report = reportOf(...finishedRun(moved, []));
    expect(report.proved).toEqual([
      "SQLBOX01 says it has no link DAG_AdatumBooks.",
      "SQLBOX01 still has the availability group AG_AdatumBooks.",
      "AdatumBooks is READ_WRITE, SYNCHRONIZED on SQLBOX01.",
      `${instance} says it has no link DAG_AdatumBooks.`,
      `AdatumBooks is READ_WRITE on ${instance}.`,
      "Azure answers 404 for the link DAG_AdatumBooks.",
      stepOf(moved, "waitForFullBackup").doneWhen,
    ]);
    expect(report.unknown).toEqual([]);
    expect(report.toDo).toEqual([
      `Repoint the applications to ${moved.instance.address}.`,
      `Let no application connect to SQLBOX01 (${moved.box.address}) for writing any more.`,
      `The service takes the backups on ${instance}; those on SQLBOX01 are of the old copy alone.`,
      `The old copy of AdatumBooks on SQLBOX01 can be written (READ_WRITE) and is independent: keep applications out of it. Nothing of it reaches ${instance}.`,
    ]);
  });

  test("says READ_ONLY and how to write it again where the old copy was closed", () => {
    const closed = planOf(adatum, { removal: { ...defaultRemoval, dropGroup: true } });
    const report = reportOf(...finishedRun(closed, []));
    expect(report.proved).toContain("SQLBOX01 has no availability group AG_AdatumBooks.");
    expect(report.toDo.at(-1)).toBe(
      "The old copy of AdatumBooks on SQLBOX01 is READ_ONLY. To write it again: On SQLBOX01: ALTER DATABASE [AdatumBooks] SET READ_WRITE.",
    );
  });

  test.each([
    [
      { state: "RESTORING", updateability: null, synchronizationState: null },
      "is RESTORING. It is left so",
    ],
    [
      {
        state: "ONLINE",
        updateability: "READ_WRITE",
        synchronizationState: "NOT SYNCHRONIZING",
      },
      "is NOT SYNCHRONIZING in AG_AdatumBooks",
    ],
    [{ state: null, updateability: null, synchronizationState: null }, "was not seen: look at it."],
  ])("leaves to do what becomes of an old copy that shows %j", (copy, words) => {
    const { sides, azure } = removedReadBack(true, moved);
    const box = { ...sides.box, databases: [{ name: "AdatumBooks", ...copy }] } as SideReadBack;
    const report = reportOf(
      ...withReadBack(finishedRun(moved, []), "verifyRemoved", { sides: { ...sides, box }, azure }),
    );
    expect(report.toDo.join("\n")).toContain(`The old copy of AdatumBooks on SQLBOX01 ${words}`);
  });

  test("that was stopped before the backup keeps its link, and says not to remove it yet", () => {
    const report = reportOf(...until(moved, "waitForFullBackup", stoppedEnd));
    expect(report.toDo).toContain(backupToDo);
    expect(report.toDo.at(-1)).toContain("The link DAG_AdatumBooks was not removed.");
    expect(report.proved.join()).not.toContain("404");
  });

  test("proves nothing of Azure where Azure was not read", () => {
    const { sides } = removedReadBack(true, moved);
    const azure = { kind: "unreadable", because: "no answer." } as const;
    const report = reportOf(
      ...withReadBack(finishedRun(moved, []), "verifyRemoved", { sides, azure }),
    );
    expect(report.proved.join()).not.toContain("404");
    expect(report.unknown).toEqual(["Azure could not be read back: no answer."]);
  });
});

describe("a run that moved the database by DELETE", () => {
  test("speaks of Azure's operation with its times and its request, never of an engine's statement", () => {
    const text = reportToMarkdown(reportOf(...finishedRun(deleted, [])));
    expect(text).toContain("- Azure's operation ended without error after 8.1 s.");
    expect(text).toMatch(/- Azure accepted it: 2026-11-21 20:0\d:\d\d UTC/u);
    expect(text).toContain("DELETE /subscriptions/");
    expect(text).toContain("Taken back by:");
    const ofRemoval = text.slice(text.indexOf("Step 4:"), text.indexOf("Step 5:"));
    expect(ofRemoval).not.toContain("engine");
  });

  test("does not claim a first backup that nobody waited for", () => {
    const report = reportOf(...finishedRun(deleted, []));
    expect(report.toDo.join("\n")).toContain(`Look for the first full backup of AdatumBooks`);
    expect(report.toDo).not.toContain(backupToDo);
  });

  test("whose DAG drop failed says that it is still there", () => {
    const { sides, azure } = removedReadBack(true, deleted);
    const box: SideReadBack = {
      kind: "seen",
      serverName: "SQLBOX01",
      serverTime: "",
      role: "PRIMARY",
      synchronizationHealth: "NOT_HEALTHY",
      databases: [],
    };
    const failed = until(deleted, "dropDistributedGroup", failedEnd);
    const report = reportOf(
      ...withReadBack(failed, "dropDistributedGroup", { sides: { ...sides, box }, azure }),
    );
    expect(report.toDo).toContain(
      "Drop the distributed availability group DAG_AdatumBooks on SQLBOX01: its other half is gone.",
    );
  });
});

describe("loss at risk", () => {
  const loss =
    "Loss at risk: AdatumBooks on SQLBOX01 was written after the move, by session 61 (adatum_web). It is on no other server. Nothing more is dropped.";
  const remedy = "Stop the applications that still write to SQLBOX01.";
  const problem = { code: "lossAtRisk", class: "block", summary: loss, remedy } as const;
  const events = until(deleted, "lookAtOldCopy", (step) => [
    { ...failedEnd(step)[0], summary: loss, problem },
    { kind: "runEnded", outcome: "failed", summary: loss },
  ]);

  test("is said before everything else, with its sessions, and its remedy is the first thing to do", () => {
    const report = reportOf(...events);
    expect(report.lossAtRisk).toEqual({ sentence: loss, remedy });
    expect(report.toDo[0]).toBe(remedy);
    const [, first] = reportToMarkdown(report).split("\n\n");
    expect(first).toContain("Loss at risk: AdatumBooks on SQLBOX01");
    expect(first).not.toContain("No committed data is given up");
  });

  test("stays so after a later look that says something else", () => {
    const look = { kind: "lookedAt", stepId: null, conclusion: "happened", seen: [] } as const;
    const report = reportOf(...renumbered([...events, { ...look, summary: "It did happen." }]));
    expect(report.verdict).toBe("It did happen.");
    expect(report.lossAtRisk?.sentence).toBe(loss);
  });
});

describe("what was taken back", () => {
  const [mode] = deleted.steps;
  if (mode === undefined) throw new Error("The plan begins with the commit mode.");
  const undone = (outcome: "succeeded" | "failed", summary: string) =>
    reportOf(
      ...until(deleted, "waitForGate", (step) => [
        ...stoppedEnd(step).slice(0, 1),
        { kind: "undoBegan", stepId: mode.id },
        { kind: "undoEnded", stepId: mode.id, outcome, summary },
        { kind: "runEnded", outcome: "notReady", summary: "Not ready." },
      ]),
    );

  test("is told, and is nothing to do any more", () => {
    const report = undone("succeeded", "Taken back and read back: commit mode.");
    expect(report.takenBack).toEqual([
      { outcome: "succeeded", sentence: "Taken back and read back: commit mode." },
    ]);
    expect(report.toDo.join()).not.toContain(mode.title);
    expect(reportToMarkdown(report)).toContain("Taken back:\n\n- Taken back and read back");
  });

  test("is left to do with how where it was not", () => {
    const report = undone("failed", "Not taken back: commit mode.");
    expect(report.toDo.join("\n")).toContain(
      `"${mode.title}" is not known to be taken back. On SQLBOX01`,
    );
  });

  test("is unknown while its end is not on record", () => {
    const events = until(deleted, "waitForGate", () => [{ kind: "undoBegan", stepId: mode.id }]);
    expect(reportOf(...events).unknown).toContain(
      `Whether "${mode.title}" is taken back is not known.`,
    );
  });
});

describe("FAILOVER asked of Azure", () => {
  const shape: LinkShape = { ...adatum, primary: "instance" };
  const back = planOf(shape, { keepLink: true, failoverBy: "arm" });
  const step = stepOf(back, "failover");
  const refusal = {
    code: "armNotAllowed",
    class: "block",
    summary: "Azure does not allow it.",
    detail: "AuthorizationFailed: no failover/action",
    remedy: "Ask for it.",
  } as const;
  const fellBack: readonly RunEventBody[] = [
    { kind: "stepBegan", stepId: step.id, ...(step.request && { request: step.request }) },
    { kind: "statementFailed", stepId: step.id, problem: refusal },
    { kind: "stepBegan", stepId: step.id, statement: "EXEC (N'x');" },
    { kind: "statementReturned", stepId: step.id, elapsedMs: 3_200 },
  ];

  test("that was refused and sent as T-SQL shows Azure's words, the server, and the engine's answer", () => {
    const report = reportOf(...renumbered([...finishedRun(back, []).slice(0, 1), ...fellBack]));
    const text = reportToMarkdown(report);
    expect(text).toContain("- Azure refused the request: Azure does not allow it.");
    expect(text).toContain("- Azure: AuthorizationFailed: no failover/action");
    expect(text).toContain("- The engine's statement returned without error after 3.2 s.");
    expect(text).toContain(`| Azure, then ${instance} |`);
  });

  test("is told as Azure's in the sentence of the run, and as the engine's where T-SQL took its place", () => {
    const said = (bodies: readonly RunEventBody[]) =>
      doneSentence(back, foldEvents(renumbered([...finishedRun(back, []).slice(0, 1), ...bodies])));
    expect(said(fellBack)).toContain("The engine's FAILOVER returned without error.");
    const byAzure = [...fellBack.slice(0, 1), ...fellBack.slice(3)];
    expect(said(byAzure)).toContain("Azure's failover ended without error.");
  });
});

test("the commit mode after FAILOVER is proved by what both sides and Azure show", () => {
  const kept = planOf(adatum, { keepLink: true });
  const events = finishedRun(kept, []).map((event): RunEvent => {
    if (event.kind !== "readBack") return event;
    const mode = { AG_AdatumBooks: "ASYNCHRONOUS_COMMIT", AG_MI: "SYNCHRONOUS_COMMIT" } as const;
    const box = { ...event.sides.box, commitModes: mode } as SideReadBack;
    const azure = { kind: "seen", replicationMode: "Async" } as const;
    return { ...event, sides: { ...event.sides, box }, azure };
  });
  const report = reportOf(...events);
  expect(report.proved).toContain(
    "SQLBOX01 shows commit mode ASYNCHRONOUS_COMMIT for AG_AdatumBooks and SYNCHRONOUS_COMMIT for AG_MI.",
  );
  expect(report.proved).toContain("Azure shows replicationMode Async.");
  expect(reportToMarkdown(report)).toContain(
    "A planned failover leaves the link asynchronous, also where it was synchronous before.",
  );
});
