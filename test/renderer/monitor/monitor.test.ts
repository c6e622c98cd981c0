// The link document: verdict, both sides, and never a value that is not known.
import { describe, expect, test } from "vitest";
import { feedAfter } from "../../../renderer/explorer/estate-feed.ts";
import type { EstateFeed } from "../../../renderer/explorer/estate-feed.ts";
import { flowOf } from "../../../renderer/monitor/flow-of.ts";
import { linkPicture } from "../../../renderer/monitor/link-picture.ts";
import type { LinkPicture } from "../../../renderer/monitor/link-picture.ts";
import { lsnRows } from "../../../renderer/monitor/lsn-rows.ts";
import { mirrorRows } from "../../../renderer/monitor/mirror-rows.ts";
import { monitorVerdict } from "../../../renderer/monitor/monitor-verdict.ts";
import { slowFactsOf } from "../../../renderer/monitor/slow-facts.ts";
import { clockTime, grouped, queue } from "../../../renderer/monitor/units.ts";
import { writersOf } from "../../../renderer/monitor/writers.ts";
import type {
  Estate,
  ReplicaDatabase,
  Side,
  WritingSession,
} from "../../../shared/estate/estate.ts";
import {
  adatumLink,
  bothServers,
  estateWith,
  feedOf,
  seenSide,
  withoutSide,
} from "../link-estate.ts";

const database = "AdatumBooks";

function pictureIn(feed: EstateFeed): LinkPicture {
  const picture = linkPicture(feed, adatumLink);
  if (picture === undefined) throw new Error("The link is not there.");
  return picture;
}

function verdictIn(feed: EstateFeed) {
  const state = feed.links[0]?.state;
  if (state === undefined) throw new Error("The link has no state.");
  return monitorVerdict(pictureIn(feed), state);
}

/** The estate with values of one side's rows changed. */
function withRow(side: Side, changed: Partial<ReplicaDatabase>, estate = estateWith()): Estate {
  const { replicaDatabases } = seenSide(estate, side).facts;
  const rows = replicaDatabases.kind === "seen" ? replicaDatabases.value : [];
  const value = rows.map((row) => ({ ...row, ...changed }));
  return {
    ...estate,
    [side]: seenSide(estate, side, { replicaDatabases: { kind: "seen", value } }),
  };
}

const writing: WritingSession = {
  databaseName: database,
  transactionId: "1",
  origin: "user",
  since: "2026-11-21T22:00:00.000",
  logBytes: 4096,
};
const withWriters = (...value: readonly WritingSession[]) =>
  estateWith({ box: { writers: { kind: "seen", value } } });

describe("the verdict", () => {
  test("on a healthy link without writers names what Failover… does, and does not say Ready", () => {
    const verdict = verdictIn(feedOf(estateWith()));
    expect(verdict.tone).toBe("neutral");
    expect(verdict.sentence).not.toMatch(/ready/iu);
  });

  test("counts the sessions that write, a system transaction not among them", () => {
    const system = { ...writing, transactionId: "2", origin: "system" } as const;
    const elsewhere = { ...writing, transactionId: "3", databaseName: "Other" };
    expect(verdictIn(feedOf(withWriters(writing, system, elsewhere))).sentence).toBe(
      "Not ready yet: 1 session is still writing on SQLBOX01.",
    );
  });

  test("does not call writers that may not be seen none", () => {
    const estate = estateWith({
      box: { writers: { kind: "notAllowed", permission: "VIEW SERVER STATE" } },
    });
    expect(verdictIn(feedOf(estate))).toMatchObject({
      tone: "attention",
      more: "Who writes is not known: dba has no VIEW SERVER STATE on SQLBOX01.",
    });
  });

  test("cannot say while a side does not answer, and tells the roles last known", () => {
    const feed = feedOf(estateWith(), withoutSide(estateWith(), "box"));
    expect(verdictIn(feed)).toEqual({
      tone: "attention",
      sentence: "Cannot say: SQLBOX01 does not answer since 20:00:05 UTC.",
      more: "SQLBOX01 refused the connection on port 1433. Last known: SQLBOX01 PRIMARY, sqlmi1.0123456789ab.database.windows.net SECONDARY.",
    });
  });

  test("keeps the first time at which a side did not answer, until it does", () => {
    const silent = withoutSide(estateWith(), "box");
    const later = { ...silent, box: { ...silent.box, at: "2026-11-21T20:00:10.000Z" } };
    const stillSilent = feedOf(estateWith(), silent, later);
    expect(verdictIn(stillSilent).sentence).toMatch(/since 20:00:05 UTC/u);
    expect(verdictIn(feedOf(estateWith(), silent, estateWith(), later)).sentence).toMatch(
      /since 20:00:10 UTC/u,
    );
  });

  test("of two primaries is a loss", () => {
    const twoPrimaries = {
      box: estateWith().box,
      instance: estateWith({}, { primary: "instance" }).instance,
    };
    const later = {
      box: { ...twoPrimaries.box, at: "2026-11-21T20:00:09.000Z" },
      instance: { ...twoPrimaries.instance, at: "2026-11-21T20:00:09.000Z" },
    };
    expect(verdictIn(feedOf(twoPrimaries, later)).tone).toBe("loss");
  });
});

describe("log positions", () => {
  const verdictOf = (estate: Estate) =>
    lsnRows(pictureIn(feedOf(estate)), database).map(({ verdict }) => verdict);

  test("are level when the secondary's last commit is the primary's, and only that row says so", () => {
    expect(verdictOf(estateWith())).toEqual(["level", null, null]);
  });

  test("are behind one commit short, compared as numbers and not as text", () => {
    const short = withRow("instance", { lastCommitLsn: "40000000127200002" });
    const shorter = withRow("instance", { lastCommitLsn: "9999999999999999" });
    expect([verdictOf(short)[0], verdictOf(shorter)[0]]).toEqual(["behind", "behind"]);
  });

  test.each([null, "0"])("of %s are not known, never equal to each other", (lastCommitLsn) => {
    const estate = withRow("box", { lastCommitLsn }, withRow("instance", { lastCommitLsn }));
    const [row] = lsnRows(pictureIn(feedOf(estate)), database);
    expect(row).toMatchObject({ box: null, instance: null, verdict: "notKnown" });
  });

  test("are judged from the instance once it is primary", () => {
    const estate = estateWith({}, { primary: "instance" });
    const [row] = lsnRows(
      pictureIn(feedOf(withRow("box", { lastCommitLsn: "40000000127200002" }, estate))),
      database,
    );
    expect(row?.verdict).toBe("behind");
  });
});

describe("the mirror", () => {
  const cells = (feed: EstateFeed, label: string) => {
    const slow = slowFactsOf(feed, bothServers, { box: undefined, instance: undefined });
    const row = mirrorRows(pictureIn(feed), [], slow).find((one) => one.label === label);
    return row?.kind === "facts" ? [row.box.words, row.instance.words] : undefined;
  };

  test("keeps the last value of a side that does not answer any more", () => {
    const feed = feedOf(estateWith(), withoutSide(estateWith(), "box"));
    expect(cells(feed, "version")?.[0]).toBe("SQL Server 2022 16.0.4125.3 · Enterprise");
    expect(pictureIn(feed).sides.box.answers).toBe(false);
  });

  test("says unknown, and no number, of a side that never answered, and names it by its partner", () => {
    const feed = feedOf(withoutSide(estateWith(), "box"));
    expect(pictureIn(feed).sides.box.name).toBe("sqlbox01.adatum.example");
    for (const label of ["version", "queues", "last commit", "last backup", "certificate"]) {
      expect(cells(feed, label)?.[0]).toMatch(/^unknown$|^redo unknown$/u);
    }
  });

  test("shows suspended data movement with its reason", () => {
    const estate = withRow("instance", { isSuspended: true, suspendReason: "SUSPEND_FROM_USER" });
    expect(cells(feedOf(estate), "database")?.[1]).toBe(
      "ONLINE · READ_ONLY · suspended (SUSPEND_FROM_USER)",
    );
  });

  test("is gone when the whole reading failed before the first", () => {
    const error = { code: "x", class: "retry", summary: "No.", remedy: "Wait." } as const;
    expect(linkPicture(feedAfter(feedOf(), { ok: false, error }), adatumLink)).toBeUndefined();
  });
});

test("the arrow turns with the roles, and there is none while the primary is not connected", () => {
  const direction = (estate: Estate) => flowOf(pictureIn(feedOf(estate))).direction;
  expect(direction(estateWith())).toBe("right");
  expect(direction(estateWith({}, { primary: "instance" }))).toBe("left");
  const { groups } = seenSide(estateWith(), "box").facts;
  const value = (groups.kind === "seen" ? groups.value : []).map((group) => ({
    ...group,
    replicas: group.replicas.map((one) => ({ ...one, connectedState: "DISCONNECTED" as const })),
  }));
  expect(direction(estateWith({ box: { groups: { kind: "seen", value } } }))).toBe("none");
});

test.each(["box", "instance"] as const)(
  "once %s does not answer neither flow nor log positions are judged by its old values",
  (side) => {
    const picture = pictureIn(feedOf(estateWith(), withoutSide(estateWith(), side)));
    expect(flowOf(picture).direction).toBe("none");
    expect(lsnRows(picture, database)[0]?.verdict).toBe("notKnown");
  },
);

test("who writes is unknown once the primary does not answer", () => {
  const picture = pictureIn(feedOf(withWriters(writing), withoutSide(estateWith(), "box")));
  expect(writersOf(picture)).toEqual({ kind: "unknown", because: "SQLBOX01 does not answer." });
});

test("writers stand in the order in which they began", () => {
  const later = { ...writing, transactionId: "2", since: "2026-11-21T22:00:01.000" };
  const writers = writersOf(pictureIn(feedOf(withWriters(later, writing))));
  expect(writers.kind === "seen" ? writers.sessions.map((one) => one.transactionId) : []).toEqual([
    "1",
    "2",
  ]);
});

test("numbers carry their unit, and what is unknown is never 0", () => {
  expect(grouped(1_234_567)).toBe("1\u202f234\u202f567");
  expect(queue("send", null, null)).toBe("send unknown");
  expect(queue("send", 0, 1240)).toBe("send 0 KB at 1\u202f240 KB/s");
  expect([clockTime(null), clockTime("1900-01-01T00:00:00.000")]).toEqual(["unknown", "unknown"]);
});
