// The report: proved only where a server said it, unknown where nobody did, and what is left to do.
import { describe, expect, test } from "vitest";
import type { RunEventBody } from "../../../shared/run/events.ts";
import { foldEvents } from "../../../shared/run/state.ts";
import { buildReport } from "../../../shared/report/build.ts";
import type { Report } from "../../../shared/report/build.ts";
import { reportToMarkdown } from "../../../shared/report/to-markdown.ts";
import { finishedRun, numbered } from "../../scenarios/finished-run.ts";
import { adatum } from "../../scenarios/linked-estate.ts";
import { plannedLinkAndServers } from "../plan/planned.ts";
import {
  began,
  done,
  ended,
  failoverStep,
  gateStep,
  lookedAt,
  lost,
  oneOfEach,
  plan,
  started,
  verifyStep,
} from "../run/events.ts";

const instance = plan.instance.serverName;

describe("buildReport", () => {
  test("has nothing to say of a journal without its first event", () => {
    expect(buildReport(foldEvents([]))).toBeUndefined();
  });

  test("proves of a finished run exactly what both sides said when they were read back", () => {
    const report = reportOf(...finishedRun(plan, []));
    expect(report.proved).toEqual([
      "SQLBOX01 says it is SECONDARY of DAG_AdatumBooks.",
      "SQLBOX01 says the link is HEALTHY.",
      "AdatumBooks is READ_ONLY on SQLBOX01.",
      `${instance} says it is PRIMARY of DAG_AdatumBooks.`,
      `${instance} says the link is HEALTHY.`,
      `AdatumBooks is READ_WRITE on ${instance}.`,
    ]);
    expect(report.unknown).toEqual([]);
    expect(report.toDo[0]).toBe(`Repoint the applications to ${plan.instance.address}.`);
    expect(report.toDo.at(-1)).toBe(
      `First full backup on ${instance} has not been seen. Do not remove the link before it.`,
    );
  });

  test("leaves to do after failing back: repoint to SQL Server or its listener, and resume its log backups", () => {
    const failback = plannedLinkAndServers({ ...adatum, primary: "instance" }).plan;
    expect(reportOf(...finishedRun(failback, [])).toDo).toEqual([
      "Repoint the applications to SQLBOX01 (sqlbox01.adatum.example,1433), or to the listener of its availability group.",
      `Let no application connect to ${instance} (${plan.instance.address}) for writing any more.`,
      "Resume the log backups on SQLBOX01 at once: Azure does not take them any more, and the log grows.",
    ]);
  });

  test("proves nothing of a run that says it succeeded and never read a side back", () => {
    const report = reportOf(
      started,
      ...done(gateStep, failoverStep, verifyStep),
      oneOfEach.statementReturned,
      { kind: "runEnded", outcome: "succeeded", summary: `${instance} is primary.` },
    );
    expect(report.proved).toEqual([]);
    expect(report.unknown).toContain("Both sides were not read back in this run.");
    expect(report.toDo).toEqual([]);
  });

  test("leaves out of the proof what a side did not say, and says that it is unknown", () => {
    const report = reportOf(started, ...done(gateStep, failoverStep), began(verifyStep), {
      kind: "readBack",
      stepId: verifyStep,
      sides: {
        box: { kind: "unreadable", because: "it does not answer." },
        instance: {
          kind: "seen",
          serverName: instance,
          serverTime: "",
          role: null,
          synchronizationHealth: null,
          databases: [{ name: "AdatumBooks", updateability: null, synchronizationState: null }],
        },
      },
    });
    expect(report.proved).toEqual([]);
    expect(report.unknown).toEqual([
      'How "Verify the roles on both sides" ended is not known.',
      'What the engine answered to "Perform planned failover to SQL Managed Instance" is not known.',
      "SQLBOX01 could not be read back: it does not answer.",
      `${instance} did not show its role.`,
    ]);
  });

  test("says of a killed run that it is unknown, and to read before anything else", () => {
    const report = reportOf(started, ...done(gateStep), began(failoverStep));
    expect(report.outcome).toBe("unknown");
    expect(report.ended).toBeUndefined();
    expect(report.verdict).toContain('"Perform planned failover to SQL Managed Instance"');
    expect(report.toDo).toEqual([
      "Read both sides before any other step. Send no second failover.",
    ]);
    expect(report.steps[1]?.answer).toBe(
      "The statement may have been sent; no answer is on record. It was not sent again.",
    );
  });

  test("says of a later look what it concluded, in its own words", () => {
    const report = reportOf(started, began(failoverStep), lookedAt(failoverStep, "didNotHappen"));
    expect(report.verdict).toBe("looked: didNotHappen");
    expect(report.outcome).toBe("stopped");
    expect(report.looks).toMatchObject([{ conclusion: "didNotHappen" }]);
    expect(report.proved).toEqual([]);
  });

  test("tells a returned, a lost, a refused and an unsent statement apart", () => {
    const answer = (...events: RunEventBody[]) =>
      reportOf(started, ...events).steps[1]?.answer ?? "";
    const begun = began(failoverStep);
    expect(answer(begun, oneOfEach.statementReturned)).toBe(
      "The engine's statement returned without error after 3.2 s.",
    );
    expect(answer(begun, { kind: "answerLost", stepId: failoverStep, problem: lost })).toContain(
      "The answer was not received.",
    );
    expect(answer(begun, { kind: "statementFailed", stepId: failoverStep, problem: lost })).toBe(
      "The engine answered with an error: Connection lost - read ECONNRESET",
    );
    expect(answer()).toBe("The statement was not sent.");
  });

  test("gives every time in UTC and in the zone of each server that told its own", () => {
    expect(reportOf(started).started).toEqual({
      utc: "2026-11-21 20:00:00 UTC",
      local: ["22:00:00 +02:00 (SQLBOX01)", `20:00:00 +00:00 (${instance})`],
    });
    const without = { ...oneOfEach.runStarted, serverTimes: {} };
    expect(reportOf(without).started.local).toEqual([]);
  });

  test("tells by what the gate opened and since when it held", () => {
    const report = reportOf(started, began(gateStep), oneOfEach.stepEnded);
    expect(report.gate).toMatchObject({
      by: "fallback",
      heldSince: { utc: "2026-11-21 20:00:11 UTC" },
    });
    const text = markdownOf(started, began(gateStep), oneOfEach.stepEnded);
    expect(text).toContain(" | 71000009408100004 | unknown | unknown |");
    expect(text).toContain(" | unknown | 71000009408100001 | 71000009408200001 |");
    const shut = reportOf(started, began(gateStep), oneOfEach.stepProgress);
    expect(shut.gate).toMatchObject({ verdict: "shut", heldSince: undefined });
  });
});

describe("reportToMarkdown", () => {
  test.each(["practice", "test", "production"] as const)("says %s at its head", (environment) => {
    const events = finishedRun({ ...plan, environment }, []);
    expect(markdownOf(...events)).toMatch(new RegExp(`^# ${environment.toUpperCase()}: `, "u"));
  });

  test("names operator, host, servers, logins, plan hash, and the address to repoint to", () => {
    const text = markdownOf(...finishedRun(plan, []));
    for (const part of [
      "- Operator: ADATUM\\\\dba on JUMPBOX01",
      "- SQL Server: SQLBOX01 at sqlbox01.adatum.example,1433, 16.0.4125.3, ",
      `- SQL Managed Instance: ${instance} at ${plan.instance.address}, 12.0.2000.8, `,
      `- Plan approved: ${"9f2c".repeat(16)}`,
      `- Repoint the applications to ${plan.instance.address}.`,
      "- The engine's statement returned without error after 3.2 s.",
      "- Held without a break since: 2026-11-21 20:00:11 UTC, 22:00:11 +02:00 (SQLBOX01), ",
    ]) {
      expect(text).toContain(part);
    }
  });

  test("says Unknown where nothing is known, and never Success", () => {
    const text = markdownOf(started, ...done(gateStep), began(failoverStep));
    expect(text).toContain("**Unknown.**");
    expect(text).not.toContain("**Success.**");
    expect(text).toContain("Both sides were not read back in this run.");
    expect(text).not.toContain("Proved");
  });

  test("shows the server's own words whole, after our sentence", () => {
    const text = markdownOf(started, began(failoverStep), {
      ...endedWith(failoverStep),
      problem: { ...lost, detail: "Msg 47514: a | b\n`c`" },
    });
    expect(text).toContain("- Server: Msg 47514: a \\| b\\\\u000a\\`c\\`");
  });

  test("keeps every table row in its columns and every line a line, whatever was seen", () => {
    const nasty = "a|b`c`<img src=x onerror=y>\n\n# d\n| e | $(x) [f](http://g) @h ~~i~~ 🏦";
    const text = markdownOf(
      {
        ...oneOfEach.runStarted,
        operator: nasty,
        findings: oneOfEach.runStarted.findings.map((finding) => ({
          ...finding,
          summary: nasty,
          server: nasty,
        })),
      },
      began(gateStep),
      { ...oneOfEach.stepEnded, summary: nasty, seen: [{ where: "both", what: `${nasty} too` }] },
      { kind: "runEnded", outcome: "failed", summary: nasty },
    );
    const plain = markdownOf(oneOfEach.runStarted, began(gateStep), oneOfEach.stepEnded, {
      kind: "runEnded",
      outcome: "failed",
      summary: "x",
    });
    expect(shapeOf(text)).toEqual(shapeOf(plain));
    expect(text).not.toMatch(/<img|(?<!\\)`c|(?<!\\)\]\(http|[^\\]@h/u);
  });
});

function endedWith(stepId: string): Extract<RunEventBody, { kind: "stepEnded" }> {
  return { ...oneOfEach.stepEnded, stepId, outcome: "failed", summary: ended.name };
}

function reportOf(...bodies: readonly RunEventBody[]): Report {
  const report = buildReport(foldEvents(numbered(bodies)));
  if (report === undefined) throw new Error("The run has begun.");
  return report;
}

function markdownOf(...bodies: readonly RunEventBody[]): string {
  return reportToMarkdown(reportOf(...bodies));
}

/** Kind of each line, and for a table row the number of its cells. */
function shapeOf(markdown: string): readonly string[] {
  return markdown.split("\n").map((line) => {
    if (line.startsWith("|")) return `row of ${line.replaceAll(/\\./gu, "").split("|").length}`;
    return /^(#+ |- |```|$)/u.exec(line)?.[0] ?? "text";
  });
}
