// What the watch of a forced failover's target says on its page, and what keeps Next closed until it is over or accepted.
import { describe, expect, test } from "vitest";
import type { AnswerGiven } from "../../../renderer/wizard/answers.ts";
import { announcement } from "../../../renderer/wizard/announcement.ts";
import {
  silentShare,
  silentWords,
  targetFacts,
  targetNews,
} from "../../../renderer/wizard/target-facts.ts";
import type { TargetSeen } from "../../../shared/ipc.ts";
import { assessed, forcedOn, lock, seen, sides, watched } from "./forced-states.ts";
import { after, factsOf } from "./opened-wizard.ts";

describe("the watch", () => {
  const kindOf = (target: TargetSeen | undefined) => targetFacts(target, sides);

  test("counts silence up to 10 s and beyond, and none once there was a sign of life", () => {
    expect(
      [seen.watching, seen.quiet, watched(34), seen.alive].map(kindOf).map(silentWords),
    ).toEqual(["Silent for 9 of 10 s.", "Silent for 10 s.", "Silent for 34 s.", "Not silent."]);
    expect([seen.watching, watched(34), seen.alive].map(kindOf).map(silentShare)).toEqual([
      0.9, 1, 0,
    ]);
  });

  test("says of a primary that is alive what forcing would do, and how it is seen", () => {
    expect(kindOf(seen.alive)).toMatchObject({
      tone: "loss",
      sentence:
        "sqlbox01.adatum.example is alive: sqlmi1 is still receiving its log. Forcing now makes two primaries.",
      more: "Seen: it is CONNECTED. A planned failover loses nothing.",
    });
  });

  test("shows every value as it was first and as it is now, and what is not told as unknown", () => {
    const moving = watched(3, (second) => ({
      lastReceivedLsn: String(100 + second),
      lastCommitTime: null,
    }));
    const rows = kindOf(moving).rows.filter(
      ({ name }) => name === "last_received_lsn" || name === "last_commit_time",
    );
    expect(rows).toEqual([
      { database: "Adatum", name: "last_received_lsn", first: "100", last: "103" },
      { database: "Adatum", name: "last_commit_time", first: null, last: null },
    ]);
  });

  test.each([
    ["nobody has watched yet", undefined, "sqlmi1 is about to be watched."],
    [
      "it lasts",
      seen.watching,
      "sqlmi1 is being watched: does the log of sqlbox01.adatum.example still arrive?",
    ],
    [
      "it is alive",
      seen.alive,
      "sqlbox01.adatum.example is alive: .* Choose planned, or type a reason.",
    ],
    [
      "what arrived is worked through",
      seen.working,
      "sqlmi1 is still working through what has arrived",
    ],
    ["the copy is restoring", seen.refused, "Adatum is RESTORING: forced now"],
    [
      "it is suspended",
      seen.suspended,
      "Data movement of Adatum is suspended on sqlmi1 .* Type a reason",
    ],
    [
      "the target cannot be read",
      {
        watch: null,
        problem: { code: "x", class: "retry", summary: "No answer.", remedy: "Look." },
      } as const,
      "sqlmi1 could not be read, and the watch begins anew. No answer.",
    ],
  ])("keeps Next closed while %s", (_when, target, sentence) => {
    expect(lock("readiness", assessed(forcedOn("readiness", target)))).toMatch(
      new RegExp(`^Next is closed: ${sentence}`, "u"),
    );
  });

  test("opens Next when it is over, and by the reason or tick for just what it says", () => {
    const open = (target: TargetSeen, ...answers: AnswerGiven[]) =>
      lock("readiness", assessed(forcedOn("readiness", target, ...answers))) === undefined;
    const [alive, suspended, goOn] = [
      { answer: "aliveReason", value: "Drill." },
      { answer: "suspendedReason", value: "Known." },
      { answer: "goOn", value: true },
    ] as const;
    expect([
      open(seen.quiet),
      open(seen.alive, alive),
      open(seen.suspended, suspended),
      open(seen.working, goOn),
    ]).toEqual([true, true, true, true]);
    expect([
      open(seen.alive, suspended, goOn),
      open(seen.suspended, alive, goOn),
      open(seen.working, alive, suspended),
      open(seen.refused, alive, suspended, goOn),
      open(seen.watching, alive, suspended, goOn),
    ]).toEqual([false, false, false, false, false]);
  });

  test("is news for the checks only when its verdict changes", () => {
    const news = [seen.watching, watched(8), seen.quiet, watched(40), seen.suspended]
      .map(kindOf)
      .map(targetNews);
    expect([news[0] === news[1], news[2] === news[3], new Set(news).size]).toEqual([true, true, 3]);
  });

  test("is told to the live region without numbers", () => {
    const said = [watched(2), watched(7)].map((target) => {
      const state = forcedOn("readiness", target);
      return announcement(state, factsOf(state), 0);
    });
    expect(said[0]).toContain("sqlmi1 is being watched");
    expect(said[0]).toBe(said[1]);
  });

  test("that is begun anew forgets what was seen", () => {
    const anew = after(forcedOn("readiness", seen.alive), {
      kind: "targetUnwatched",
      isAnew: true,
    });
    expect([anew.target, anew.watchTurn]).toEqual([undefined, 1]);
  });
});
