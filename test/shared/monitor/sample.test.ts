// One moment of a link: lag only from two times of one clock, and nothing where something is not known.
import { describe, expect, test } from "vitest";
import { findLinks } from "../../../shared/estate/find-links.ts";
import type { ReplicaDatabase, Side } from "../../../shared/estate/estate.ts";
import { sampleOf } from "../../../shared/monitor/sample.ts";
import type { SampledEnd } from "../../../shared/monitor/sample.ts";
import { adatum, linkedEstate } from "../../scenarios/linked-estate.ts";

const atMs = Date.parse("2026-11-21T20:00:00.000Z");
const link = findLinks(linkedEstate(adatum)).links[0];
if (link === undefined) throw new Error("The estate has no link.");
const { databases } = link;

/** One end with every row of it changed; with `remote` it shows a row of the other side too, as a primary does. */
function endOf(
  side: Side,
  changed: Partial<ReplicaDatabase>,
  remote?: Partial<ReplicaDatabase>,
): SampledEnd {
  const end = link?.[side];
  if (end?.kind !== "seen") throw new Error("The end is not seen.");
  const own = end.databases.map((row) => ({ ...row, ...changed }));
  const others = own
    .filter(({ groupId }) => groupId === end.group.groupId)
    .map((row) => ({ ...row, isLocal: false, ...remote }));
  return {
    atMs,
    end: { ...end, databases: remote === undefined ? own : [...own, ...others] },
  };
}

const committed = { lastCommitLsn: "2000", lastCommitTime: "2026-11-21T22:00:05.500" };
const behind = { lastCommitLsn: "1000", lastCommitTime: "2026-11-21T22:00:04.250" };

function sampled(
  primary: SampledEnd | undefined,
  secondary: SampledEnd | undefined,
  levelAtMs: number | null = null,
) {
  return sampleOf({ databases, hasPrimary: true, primary, secondary }, levelAtMs);
}

describe("the lag", () => {
  test("is the difference of the two times of last commit, which the primary's clock wrote", () => {
    const sample = sampled(endOf("box", committed), endOf("instance", behind));
    expect(sample).toMatchObject({ lagMs: 1_250, lagUnknown: null, levelAtMs: null });
  });

  test("is 0 at the same position, whatever the times say", () => {
    const same = { ...behind, lastCommitLsn: "2000" };
    const sample = sampled(endOf("box", committed), endOf("instance", same));
    expect(sample).toMatchObject({ lagMs: 0, levelAtMs: atMs });
  });

  test("is never longer than since both were level: an idle hour before the commit is no lag", () => {
    const idle = { ...behind, lastCommitTime: "2026-11-21T21:00:00.000" };
    const sample = sampled(endOf("box", committed), endOf("instance", idle), atMs - 1_000);
    expect(sample.lagMs).toBe(1_000);
  });

  test.each<[string, SampledEnd | undefined, SampledEnd | undefined, string]>([
    ["the primary is silent", undefined, endOf("instance", behind), "primarySilent"],
    ["the secondary is silent", endOf("box", committed), undefined, "secondarySilent"],
    [
      "the answers came 3 s apart",
      endOf("box", committed),
      { ...endOf("instance", behind), atMs: atMs - 3_000 },
      "apart",
    ],
    [
      "the secondary shows NULL",
      endOf("box", committed),
      endOf("instance", { ...behind, lastCommitTime: null }),
      "notTold",
    ],
    [
      "the primary shows 1900-01-01",
      endOf("box", { ...committed, lastCommitTime: "1900-01-01T00:00:00.000" }),
      endOf("instance", behind),
      "notTold",
    ],
    [
      "the secondary's commit is later: two clocks",
      endOf("box", committed),
      endOf("instance", { ...behind, lastCommitTime: "2026-11-21T23:00:00.000" }),
      "twoClocks",
    ],
  ])("is unknown and says why when %s", (_name, primary, secondary, why) => {
    expect(sampled(primary, secondary)).toMatchObject({ lagMs: null, lagUnknown: why });
  });

  test("is unknown while no side is the only PRIMARY", () => {
    const link = { databases, hasPrimary: false, primary: undefined, secondary: undefined };
    expect(sampleOf(link, null)).toMatchObject({ lagMs: null, lagUnknown: "noPrimary" });
  });

  test("does not take position 0, which a restart leaves, for level", () => {
    const restarted = { lastCommitLsn: "0", lastCommitTime: null };
    const sample = sampled(endOf("box", restarted), endOf("instance", restarted));
    expect(sample).toMatchObject({ lagMs: null, lagUnknown: "notTold" });
  });
});

describe("the queues", () => {
  const sending = { logSendQueueKb: 406, logSendRateKbPerSecond: 1_240 };
  const redoing = { redoQueueKb: 96, redoRateKbPerSecond: 2_010 };

  test("are what the primary has to send and what the secondary has to redo", () => {
    expect(sampled(endOf("box", {}, sending), endOf("instance", redoing))).toMatchObject({
      sendQueueKb: 406,
      sendRateKbPerSecond: 1_240,
      redoQueueKb: 96,
      redoRateKbPerSecond: 2_010,
    });
  });

  test("are unknown where the side that tells them has been silent since the other one answered", () => {
    const late = { ...endOf("instance", redoing), atMs: atMs - 3_000 };
    const sample = sampled(endOf("box", {}, sending), late);
    expect(sample).toMatchObject({
      sendQueueKb: 406,
      redoQueueKb: null,
      redoRateKbPerSecond: null,
    });
  });

  test("are unknown and not 0 where the side that tells is silent or shows NULL", () => {
    const nothing = endOf("box", {}, { logSendQueueKb: null, logSendRateKbPerSecond: null });
    expect(sampled(nothing, undefined)).toMatchObject({
      sendQueueKb: null,
      sendRateKbPerSecond: null,
      redoQueueKb: null,
      redoRateKbPerSecond: null,
    });
  });
});
