// The link that is watched: one side's answer never waits for the other's, and the hour is told in words as the chart draws it.
import { describe, expect, test } from "vitest";
import type { EstateFeed } from "../../../renderer/explorer/estate-feed.ts";
import { historiesAfter, historyKey } from "../../../renderer/monitor/histories.ts";
import { catchUpSentence, historyRows } from "../../../renderer/monitor/history-words.ts";
import { linkPicture } from "../../../renderer/monitor/link-picture.ts";
import type { LinkPicture } from "../../../renderer/monitor/link-picture.ts";
import { feedOfPair, silentAsTold, withLive } from "../../../renderer/monitor/live-feed.ts";
import type { LiveSeen } from "../../../renderer/monitor/live-feed.ts";
import { mirrorRows } from "../../../renderer/monitor/mirror-rows.ts";
import { slowFactsOf } from "../../../renderer/monitor/slow-facts.ts";
import type { Side } from "../../../shared/estate/estate.ts";
import type { LiveRead, LogUseRead } from "../../../shared/monitor/live.ts";
import { noSeries, withSample } from "../../../shared/monitor/series.ts";
import type { Series } from "../../../shared/monitor/series.ts";
import {
  adatumLink,
  bothServers,
  estateWith,
  feedOf,
  seenSide,
  withoutSide,
} from "../link-estate.ts";

const database = "AdatumBooks";
const feed = feedOf(estateWith());
const readMs = Date.parse(estateWith().box.at);

function pictureIn(of: EstateFeed): LinkPicture {
  const picture = linkPicture(of, adatumLink);
  if (picture === undefined) throw new Error("The link is not there.");
  return picture;
}

/** What that side of the estate says of itself, `laterMs` after the estate was read. */
function live(side: Side, laterMs: number, lastCommitLsn?: string): LiveRead {
  const { facts } = seenSide(estateWith(), side);
  const valueOf = <T>(fact: { readonly kind: string; readonly value?: readonly T[] }) =>
    fact.value ?? [];
  const rows = valueOf(facts.replicaDatabases);
  return {
    connectionId: bothServers[side] ?? "",
    side,
    answer: {
      kind: "read",
      atMs: readMs + laterMs,
      serverName: facts.server.serverName,
      groups: valueOf(facts.groups),
      replicaDatabases: rows.map((row) => ({
        ...row,
        ...(lastCommitLsn === undefined ? {} : { lastCommitLsn }),
      })),
      writers: valueOf(facts.writers),
    },
  };
}

/** That answer alone, or after another. */
const only = (newest: LiveRead, answered?: LiveRead): LiveSeen[] => [
  { newest, answered: answered ?? (newest.answer.kind === "read" ? newest : undefined) },
];

const lost: LiveRead = {
  connectionId: "instance-1",
  side: "instance",
  answer: {
    kind: "unread",
    atMs: readMs + 3_000,
    problem: { code: "connectionLost", class: "ambiguous", summary: "Lost.", remedy: "" },
  },
};

describe("a live answer", () => {
  test("of one side is shown at once, and the other side keeps its own value and age", () => {
    const { sides } = pictureIn(withLive(feed, only(live("box", 4_000, "99"))));
    expect(sides.box.reading?.at).toBe(new Date(readMs + 4_000).toISOString());
    expect(sides.box.end?.databases[0]?.lastCommitLsn).toBe("99");
    expect(sides.instance.reading?.at).toBe(estateWith().instance.at);
  });

  test("of one pair is folded without the other servers", () => {
    const read = feed.read && {
      ...feed.read,
      servers: [...feed.read.servers, { ...feed.read.servers[0], connectionId: "box-2" }],
    };
    const three = { ...feed, read } as EstateFeed;
    expect(feedOfPair(three, bothServers)).toEqual(feed);
    expect(feedOfPair(three, { box: "box-2", instance: null }).known).toEqual([]);
  });

  test("that is older than what was read of everything changes nothing", () => {
    expect(withLive(feed, only(live("box", -1, "99")))).toBe(feed);
  });

  test("that never came makes its side silent, whose last values stay", () => {
    const { sides } = pictureIn(withLive(feed, only(lost)));
    expect(sides.instance.answers).toBe(false);
    expect(sides.instance.end?.role).toBe("SECONDARY");
    expect(sides.box.answers).toBe(true);
  });

  test("stays the last that is known when the reading of everything finds its side silent afterwards", () => {
    const silent = feedOf(estateWith(), withoutSide(estateWith(), "instance"));
    const answered = live("instance", 1_000, "98");
    const { instance } = pictureIn(withLive(silent, only(answered))).sides;
    expect(instance.answers).toBe(false);
    expect(instance.end?.databases[0]?.lastCommitLsn).toBe("98");
    expect(instance.reading?.at).toBe(new Date(readMs + 1_000).toISOString());
  });

  test("tells since when a side is silent as it was told first, until that side has answered", () => {
    const id = lost.connectionId;
    const laterLost = { ...lost, answer: { ...lost.answer, atMs: lost.answer.atMs + 1_000 } };
    const first = withLive(feed, only(lost)).silentSince;
    const later = withLive(feed, only(laterLost));
    expect(later.silentSince[id]).not.toBe(first[id]);
    expect(silentAsTold(later, first).silentSince).toEqual(first);
    expect(silentAsTold(feed, first).silentSince).toEqual({});
  });

  test("refused for a missing right leaves it to the reading of everything to name it", () => {
    const refused = { code: "noPermission", class: "block", summary: "No.", remedy: "" } as const;
    const read = { ...lost, answer: { ...lost.answer, kind: "unread", problem: refused } as const };
    expect(withLive(feed, only(read))).toBe(feed);
  });
});

describe("the history of a link", () => {
  const seriesOf = (of: EstateFeed): Series =>
    historiesAfter({}, [pictureIn(of)])[historyKey(adatumLink)] ?? noSeries;

  test("has no lag where both sides are level", () => {
    expect(seriesOf(feed).samples).toMatchObject([{ lagMs: 0, lagUnknown: null }]);
  });

  test("has a gap with its reason while a side is silent, at the moment of the try", () => {
    const series = seriesOf(feedOf(estateWith(), withoutSide(estateWith(), "box")));
    const atMs = Date.parse("2026-11-21T20:00:05.000Z");
    expect(series.samples).toMatchObject([{ atMs, lagMs: null, lagUnknown: "primarySilent" }]);
    const picture = pictureIn(feedOf(estateWith(), withoutSide(estateWith(), "box")));
    expect(historyRows(picture, series)[0]).toMatchObject({
      label: "lag",
      now: "unknown: SQLBOX01 does not answer",
      hour: "unknown",
    });
  });

  test("tells the highest of the minute and of the hour beside what is now", () => {
    const [sample] = seriesOf(feed).samples;
    if (sample === undefined) throw new Error("There is no sample.");
    const at = (seconds: number, sendQueueKb: number | null) => ({
      ...sample,
      atMs: readMs + seconds * 1000,
      sendQueueKb,
    });
    const series = [at(0, 5_000), at(100, 900), at(120, null)].reduce(withSample, noSeries);
    const when = new Date(readMs).toISOString().slice(11, 19);
    expect(historyRows(pictureIn(feed), series)[1]).toEqual({
      measure: "sendQueueKb",
      label: "send queue",
      now: "unknown",
      minute: "900 KB",
      hour: `5\u202f000 KB at ${when} UTC`,
    });
  });

  test("of a queue that grows promises no end and names the side and the queue", () => {
    const estimate = { kind: "fallsBehind", kbPerSecond: 521, slowPart: "redo" } as const;
    expect(catchUpSentence(pictureIn(feed), estimate)).toBe(
      "sqlmi1.0123456789ab.database.windows.net does not catch up: the queues grow by 521 KB/s, the redo queue most.",
    );
  });
});

describe("what changes slowly", () => {
  const at = "2026-11-21T20:00:00.000Z";
  const words = (label: string, side: Side, of = feed, read?: LogUseRead) => {
    const slow = slowFactsOf(of, bothServers, { box: read, instance: undefined });
    const row = mirrorRows(pictureIn(of), [], slow).find((one) => one.label === label);
    return row?.kind === "facts" ? row[side] : undefined;
  };
  const logOf = (activeMb: number | null, totalMb: number | null): LogUseRead => ({
    at,
    logUse: {
      kind: "seen",
      value: [{ database, activeMb, totalMb, reuseWait: "AVAILABILITY_REPLICA" }],
    },
  });

  test("the log's use is a part of its size with what keeps it, and warns where it is nearly full", () => {
    expect(words("log used", "box", feed, logOf(24.3, 64))).toEqual({
      words: "38 % of 64 MB · AVAILABILITY_REPLICA",
    });
    expect(words("log used", "box", feed, logOf(60, 64))?.level).toBe("warning");
    expect(words("log used", "box", feed, logOf(null, null))?.words).toBe(
      "size not told · AVAILABILITY_REPLICA",
    );
    expect(words("log used", "box")?.words).toBe("unknown");
  });

  test("what may not be seen is not none", () => {
    const denied = { kind: "notAllowed", permission: "VIEW ANY DEFINITION" } as const;
    const of = feedOf(estateWith({ box: { certificates: denied, backups: denied } }));
    const read: LogUseRead = { at, logUse: denied };
    for (const label of ["log used", "last backup", "certificate"]) {
      expect(words(label, "box", of, read)).toEqual({
        words: "not permitted: VIEW ANY DEFINITION",
        level: "unknown",
      });
    }
  });

  test("the certificate that ends first speaks, whose it is, and warns a month before", () => {
    const certificate = (use: "endpoint" | "partner", daysLeft: number) => ({
      name: use,
      use,
      expiryDate: "2026-12-12T00:00:00",
      daysLeft,
    });
    const value = [certificate("endpoint", 400), certificate("partner", 21)];
    const of = feedOf(estateWith({ box: { certificates: { kind: "seen", value } } }));
    expect(words("certificate", "box", of)).toEqual({
      words: "partner's until 2026-12-12, 21 days left",
      level: "warning",
    });
  });

  test("Azure is not asked while nobody is signed in, and is not blank", () => {
    expect([words("Azure", "box")?.words, words("Azure", "instance")?.words]).toEqual([
      "-",
      "not asked: nobody is signed in",
    ]);
  });
});
