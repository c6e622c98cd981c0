import { describe, expect, test } from "vitest";
import type { Estate, SideReading } from "../../../shared/estate/estate.ts";
import type { RunEvent, RunEventBody } from "../../../shared/run/events.ts";
import { fakeRunStarted } from "../../fakes/fake-run.ts";
import { forcedPlan } from "../../fakes/forced-plan.ts";
import type { ForcedRun, RepairNote } from "../../../shared/repair/to-do.ts";
import { forcedRunOf, notesAfter, repairToDos, wasForced } from "../../../shared/repair/to-do.ts";
import { names } from "../estate/sample-estate.ts";
import { broken } from "./samples.ts";

const link = broken("healthy", 0).link;
const groupIds = [link.box, link.instance].flatMap((end) =>
  end.kind === "seen" ? [end.group.groupId.toLowerCase()] : [],
);
const forcedAt = (at: string): ForcedRun => ({
  linkName: names.link,
  groupIds: groupIds.slice(0, 1),
  oldPrimary: "SQLBOX01",
  newPrimary: names.instance,
  at,
});
const before = forcedAt("2026-11-21T09:00:00.000Z");
const sentences = (forced: readonly ForcedRun[], notes: readonly RepairNote[]) =>
  repairToDos(forced, notes).map(({ sentence }) => sentence);

/** The notes after looks of this kind at these seconds, one after the other. */
function seen(
  as: Parameters<typeof broken>[0],
  seconds: readonly number[],
  from: { readonly notes?: readonly RepairNote[]; readonly forced?: readonly ForcedRun[] } = {},
): readonly RepairNote[] {
  const first = broken(as, seconds[0] ?? 0);
  return seconds.reduce<readonly RepairNote[]>(
    (notes, second, index) =>
      notesAfter(notes, from.forced ?? [], {
        estate: broken(as, second).estate,
        earlier: () => (index === 0 ? undefined : first),
      }),
    from.notes ?? [],
  );
}

describe("a forced failover of this computer", () => {
  const ran = (...bodies: readonly RunEventBody[]) =>
    forcedRunOf(
      [fakeRunStarted(forcedPlan), ...bodies].map((body, index): RunEvent => ({
        ...body,
        sequence: index + 1,
        at: `2026-11-21T09:00:0${String(index)}.000Z`,
      })),
    );
  const ended = (outcome: "succeeded" | "failed"): readonly RunEventBody[] => [
    { kind: "stepBegan", stepId: "2-force" },
    { kind: "stepEnded", stepId: "2-force", outcome, summary: "", seen: [], elapsedMs: 1 },
  ];

  test("counts from its force step on, also where nobody knows how that ended", () => {
    expect(ran()).toBeUndefined();
    expect(ran(...ended("failed"))).toBeUndefined();
    expect(ran(...ended("succeeded").slice(0, 1))).toMatchObject({
      oldPrimary: forcedPlan.box.serverName,
      at: "2026-11-21T09:00:00.000Z",
    });
    expect(
      ran(...ended("succeeded"), { kind: "runEnded", outcome: "succeeded", summary: "" }),
    ).toMatchObject({ linkName: forcedPlan.link.name, at: "2026-11-21T09:00:03.000Z" });
  });

  test("is to be repaired until both sides show one primary", () => {
    expect(sentences([before], [])).toEqual([
      `${names.link} was forced at 2026-11-21 09:00:00 UTC: SQLBOX01 still takes itself for the primary when it comes back. Connect to both sides and repair the link.`,
    ]);
    const whole = seen("healthy", [10], { forced: [before] });
    expect(sentences([before], whole)).toEqual([]);
    expect(wasForced(link, [before], whole)).toBe(false);
  });

  test("later than the link was last seen whole is to be repaired again", () => {
    const whole = seen("healthy", [10], { forced: [before] });
    const again = forcedAt("2026-11-21T11:00:00.000Z");
    expect(sentences([before, again], whole)).toEqual([expect.stringContaining("11:00:00 UTC")]);
    expect(wasForced(link, [before, again], whole)).toBe(true);
  });

  test("is still known after its split brain was seen, so that nothing is proposed", () => {
    const split = seen("splitBrain", [4, 10], { forced: [before] });
    expect(wasForced(link, [before], split)).toBe(true);
    expect(sentences([before], split)).toEqual([expect.stringContaining("has two primaries")]);
  });
});

describe("what both sides show", () => {
  test("is noted when it was seen twice, and not when once", () => {
    expect(seen("splitBrain", [4])).toEqual([]);
    expect(seen("noPrimary", [4])).toEqual([]);
    expect(sentences([], seen("splitBrain", [4, 10]))).toEqual([
      expect.stringMatching(/ has two primaries since 2026-11-21 10:00:10 UTC: .+ both accept/u),
    ]);
    expect(sentences([], seen("noPrimary", [4, 10]))).toEqual([
      expect.stringContaining(" has no primary since 2026-11-21 10:00:10 UTC"),
    ]);
  });

  test("keeps its time while it stays so, and is over with one primary", () => {
    const notes = seen("splitBrain", [4, 10]);
    expect(seen("splitBrain", [20, 30], { notes })).toBe(notes);
    expect(sentences([], seen("healthy", [40], { notes }))).toEqual([]);
  });

  test("of a healthy link that was never broken is not written down", () => {
    expect(seen("healthy", [10])).toEqual([]);
  });

  test("is over where its own two servers have it no more, and not by what others have", () => {
    const notes = seen("splitBrain", [4, 10]);
    const { estate } = broken("healthy", 20);
    const without = (serverName: string, reading: SideReading): SideReading =>
      reading.kind === "unreachable"
        ? reading
        : {
            ...reading,
            facts: {
              ...reading.facts,
              server: { ...reading.facts.server, serverName },
              groups: { kind: "seen", value: [] },
            },
          };
    const after = (known: readonly RepairNote[], forced: readonly ForcedRun[], instance: string) =>
      notesAfter(known, forced, {
        estate: {
          box: without(names.box, estate.box),
          instance: without(instance, estate.instance),
        },
        earlier: () => undefined,
      });
    const other = "sqlmi2.zone.database.windows.net";
    expect(after(notes, [], other)).toBe(notes);
    expect(sentences([], after(notes, [], names.instance))).toEqual([]);
    expect(sentences([before], after([], [before], other))).toHaveLength(1);
    expect(sentences([before], after([], [before], names.instance))).toEqual([]);
  });

  test("is not over because a side does not answer", () => {
    const notes = seen("splitBrain", [4, 10]);
    const { estate } = broken("healthy", 20);
    const silent: Estate = {
      ...estate,
      box: {
        kind: "unreachable",
        side: "box",
        address: "SQLBOX01",
        at: estate.box.at,
        problem: { code: "x", class: "retry", summary: "x", remedy: "x" },
      },
    };
    expect(notesAfter(notes, [], { estate: silent, earlier: () => undefined })).toBe(notes);
  });
});
