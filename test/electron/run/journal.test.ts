// The journal on a real disk: what is written is read back, one torn last line is forgiven, nothing else.
import { appendFileSync, mkdtempSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { AppError } from "../../../shared/errors/app-error.ts";
import type { RunEventBody } from "../../../shared/run/events.ts";
import { createJournal, reopenJournal } from "../../../electron/run/journal.ts";
import { readJournal } from "../../../electron/run/read-journal.ts";
import { createRecorder } from "../../../electron/run/recorder.ts";
import { fakeClock } from "../../fakes/fake-clock.ts";
import { fakePlan } from "../../fakes/fake-plan.ts";
import { fakeRunStarted } from "../../fakes/fake-run.ts";

const hostile = "]'\"`$(x)\n\u2028😀".repeat(16).slice(0, 128);
const bodies: readonly RunEventBody[] = [
  fakeRunStarted({ ...fakePlan, link: { ...fakePlan.link, name: hostile } }),
  { kind: "lockTaken", side: "box" },
  { kind: "stepBegan", stepId: "2-failover", statement: hostile },
];

function newPath(): string {
  return join(mkdtempSync(join(tmpdir(), "mi-link-journal-")), "journal.jsonl");
}

function written(): string {
  const path = newPath();
  const journal = createJournal(path, fakeClock());
  bodies.forEach((body) => journal.append(body));
  journal.close();
  return path;
}

function codeOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (error instanceof AppError) return error.problem.code;
  }
  return "nothing was thrown";
}

describe("a journal", () => {
  test("gives back what was written, numbered and stamped, whatever characters are in it", () => {
    const { events, hasTornEnd } = readJournal(written());
    const at = "2026-09-12T22:00:00.000Z";
    expect(events).toEqual(bodies.map((body, index) => ({ sequence: index + 1, at, ...body })));
    expect(hasTornEnd).toBe(false);
  });

  test("is a file of this user alone", () => {
    expect(statSync(written()).mode & 0o777).toBe(0o600);
  });

  test("that exists already is never taken by a second run", () => {
    const path = written();
    const before = readFileSync(path);
    expect(codeOf(() => createJournal(path, fakeClock()))).toBe("journalNotWritten");
    expect(readFileSync(path)).toEqual(before);
  });

  test("cut anywhere in its last line loses that line and no other", () => {
    const path = written();
    const whole = readFileSync(path);
    const lastLine = whole.lastIndexOf("\n", whole.length - 2) + 1;
    for (const end of [lastLine + 1, lastLine + 40, whole.length - 1]) {
      writeFileSync(path, whole.subarray(0, end));
      const { events, hasTornEnd } = readJournal(path);
      expect([events.length, hasTornEnd]).toEqual([2, true]);
    }
  });

  test("with a torn end goes on after its last whole line", () => {
    const path = written();
    appendFileSync(path, '{"sequence":4,"at":"2026');
    const journal = reopenJournal(path, readJournal(path), fakeClock());
    const event = journal.append({ kind: "stopRequested" });
    journal.close();
    expect(event.sequence).toBe(4);
    expect(readJournal(path).events.map((one) => one.kind)).toEqual([
      "runStarted",
      "lockTaken",
      "stepBegan",
      "stopRequested",
    ]);
  });

  test.each([
    ["a line that is no JSON", (lines: string[]) => lines.splice(1, 1, "{")],
    ["a line that is missing", (lines: string[]) => lines.splice(1, 1)],
    ["an event nobody knows", (lines: string[]) => lines.splice(1, 1, '{"kind":"x"}')],
  ])("with %s before its end is damaged and not used", (_name, change) => {
    const path = written();
    const lines = readFileSync(path, "utf8").split("\n");
    change(lines);
    writeFileSync(path, lines.join("\n"));
    expect(codeOf(() => readJournal(path))).toBe("journalDamaged");
  });

  test("that can no longer be written refuses every further event", () => {
    const journal = createJournal(newPath(), fakeClock());
    journal.close();
    expect(codeOf(() => journal.append({ kind: "stopRequested" }))).toBe("journalNotWritten");
    expect(codeOf(() => journal.append({ kind: "stopRequested" }))).toBe("journalNotWritten");
  });
});

describe("a recorder whose disk is full", () => {
  test("tells what has happened all the same, and begins nothing more", () => {
    const clock = fakeClock();
    const journal = createJournal(newPath(), clock);
    const told: string[] = [];
    const recorder = createRecorder(journal, clock, (event) => told.push(event.kind));
    recorder.begin({ kind: "lockTaken", side: "box" });
    journal.close();
    recorder.note({ kind: "statementReturned", stepId: "2-failover", elapsedMs: 1 });
    expect(recorder.broken?.code).toBe("journalNotWritten");
    expect(
      codeOf(() => {
        recorder.begin({ kind: "stepBegan", stepId: "3-verify-roles" });
      }),
    ).toBe("journalNotWritten");
    expect(told).toEqual(["lockTaken", "statementReturned"]);
  });
});
