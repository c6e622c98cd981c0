// The program's own log: what was written is read again, two files at most, and a disk that refuses stops nothing.
import { appendFileSync, mkdtempSync, readdirSync, readFileSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { createAppLog } from "../../../electron/store/app-log.ts";
import type { LogEntry } from "../../../shared/log/entry.ts";

function opened(mostBytes?: number) {
  const folder = mkdtempSync(join(tmpdir(), "mi-link-log-"));
  const told: LogEntry[] = [];
  let nowMs = Date.parse("2026-11-22T04:00:00.000Z");
  const log = createAppLog({
    dataFolder: () => folder,
    nowMs: () => (nowMs += 1_000),
    onEntry: (entry) => void told.push(entry),
    ...(mostBytes === undefined ? {} : { mostBytes }),
  });
  return { folder, log, told };
}

describe("the log", () => {
  test("is read as it was written, oldest first, from a file for its owner alone", () => {
    const { folder, log, told } = opened();
    log.write("info", "start", "Began.");
    log.write("error", "run", "Ended\nin two lines.");
    expect(log.read()).toEqual([
      { at: "2026-11-22T04:00:01.000Z", level: "info", area: "start", words: "Began." },
      {
        at: "2026-11-22T04:00:02.000Z",
        level: "error",
        area: "run",
        words: "Ended\nin two lines.",
      },
    ]);
    expect(told).toEqual(log.read());
    expect(readFileSync(join(folder, "log.jsonl"), "utf8").trimEnd().split("\n")).toHaveLength(2);
    expect(statSync(join(folder, "log.jsonl")).mode & 0o777).toBe(0o600);
  });

  test("begins a new file at its size, and keeps the one before and no other", () => {
    const { folder, log } = opened(500);
    for (let line = 0; line < 40; line += 1) log.write("info", "run", `Line ${String(line)}.`);
    expect(readdirSync(folder).sort()).toEqual(["log-before.jsonl", "log.jsonl"]);
    for (const file of readdirSync(folder)) {
      expect(statSync(join(folder, file)).size).toBeLessThan(700);
    }
    expect(log.read().at(-1)?.words).toBe("Line 39.");
  });

  test("passes over a line that a crash has cut off", () => {
    const { folder, log } = opened();
    log.write("info", "start", "Began.");
    appendFileSync(join(folder, "log.jsonl"), '{"at":"2026\n');
    log.write("info", "start", "Began again.");
    expect(log.read().map(({ words }) => words)).toEqual(["Began.", "Began again."]);
  });

  test("writes no secret, whoever hands one in", () => {
    const { folder, log, told } = opened();
    log.write("warning", "request", "CREATE LOGIN a WITH PASSWORD = 'Pl4nted'");
    const kept = readFileSync(join(folder, "log.jsonl"), "utf8") + JSON.stringify(told);
    expect(kept).not.toContain("Pl4nted");
  });

  test("stops nothing where the folder cannot be written", () => {
    const log = createAppLog({
      dataFolder: () => {
        throw new Error("No folder.");
      },
      nowMs: () => 0,
      onEntry: () => undefined,
    });
    expect(() => {
      log.write("info", "start", "Began.");
    }).not.toThrow();
  });
});
