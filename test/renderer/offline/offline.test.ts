// Offline fail back in the window: where it is offered, what both sides show, what the answers lack and what they come to.
import { describe, expect, test } from "vitest";
import { shownWindow } from "../../../renderer/app-state.ts";
import { rowMenu, rowOffers } from "../../../renderer/explorer/row-commands.ts";
import { rowsOf } from "../../../renderer/explorer/rows.ts";
import type { OfflineAnswers } from "../../../renderer/offline/offline-answers.ts";
import {
  isOfLink,
  newName,
  noAnswers,
  offlineLock,
  offlineWanted,
} from "../../../renderer/offline/offline-answers.ts";
import { offlineRows } from "../../../renderer/offline/offline-facts.ts";
import { offlineTarget } from "../../../renderer/offline/offline-target.ts";
import type { OfflinePlace } from "../../../renderer/offline/offline-target.ts";
import { stepRows } from "../../../renderer/run/step-rows.ts";
import { offersAfter } from "../../../renderer/tasks/offers.ts";
import type { Estate } from "../../../shared/estate/estate.ts";
import { noPair } from "../../../shared/estate/pair.ts";
import { offlineWantedInput } from "../../../shared/offline/contract.ts";
import { oldCopyWords } from "../../../shared/offline/copy-facts.ts";
import { offlineVersion } from "../../../shared/offline/version.ts";
import type { RunEventBody } from "../../../shared/run/events.ts";
import { foldEvents } from "../../../shared/run/state.ts";
import { fakePlan } from "../../fakes/fake-plan.ts";
import { fakeRunStarted } from "../../fakes/fake-run.ts";
import { finishedRun, numbered } from "../../scenarios/finished-run.ts";
import { adatum } from "../../scenarios/linked-estate.ts";
import { offlineInput, offlineScenario } from "../../scenarios/offline-estate.ts";
import {
  adatumLink,
  bothServers,
  estateWith,
  feedOf,
  treeIn,
  withoutSide,
} from "../link-estate.ts";

const { link: linkName, database } = adatum;
const back = offlineInput(adatum, "there").estate;
const gone = offlineInput(adatum, "gone").estate;

const connected = (["box", "instance"] as const).map((side) => ({
  side,
  connectionId: bothServers[side] ?? "",
}));

/** `side kind` of the rows whose menu has it. */
function offeredIn(estate: Estate): readonly string[] {
  const feed = feedOf(estate);
  return rowsOf(treeIn(feed), new Set())
    .filter((row) => rowMenu(row, rowOffers(feed, connected, row.node)).includes("offline"))
    .map(({ node }) => [node.side ?? [], node.kind].flat().join(" "));
}

function target(estate: Estate, place: OfflinePlace) {
  return offlineTarget(feedOf(estate), connected, place);
}

describe("it is offered", () => {
  test("on the link, and on it and its database of both sides, while the instance alone is primary", () => {
    expect(offeredIn(back)).toEqual([
      "instance link",
      "box database",
      "box link",
      "instance database",
      "instance link",
    ]);
    expect(target(back, { side: "box", link: adatumLink })).toEqual({
      linkName,
      databases: [database],
      pair: bothServers,
    });
  });

  test("nowhere while SQL Server is primary", () => {
    expect(offeredIn(estateWith())).toEqual([]);
  });

  test("on the instance's database alone where the link is gone, and of no link then", () => {
    expect(offeredIn(gone)).toEqual(["instance database"]);
    expect(target(gone, { side: "instance", database })).toEqual({
      linkName: undefined,
      databases: [database],
      pair: bothServers,
    });
    expect(target(gone, { side: "box", database })).toBeUndefined();
    expect(target(gone, { side: "instance", link: adatumLink })).toBeUndefined();
  });

  test("of the half of a link that stayed on SQL Server as of a database without one", () => {
    const half: Estate = { box: back.box, instance: gone.instance };
    expect(target(half, { side: "box", link: adatumLink })?.linkName).toBeUndefined();
    expect(offeredIn(half)).toContain("box link");
  });

  test("not while SQL Server takes itself for the primary too", () => {
    const split: Estate = { box: estateWith().box, instance: back.instance };
    expect(target(split, { side: "instance", link: adatumLink })).toBeUndefined();
  });

  test("after a planned move that removed the link, where that SQL Server can restore at all", () => {
    const after = (plan: typeof fakePlan) => offersAfter(foldEvents(finishedRun(plan, [])));
    const removed = { ...fakePlan, move: "delete", keepLink: false, to: "instance" } as const;
    const on = (productVersion: string) => ({
      ...removed,
      box: { ...removed.box, productVersion },
    });
    expect(after(on("16.0.4195.2"))).toEqual(["cleanUp", "offline"]);
    expect(after(on("15.0.4312.2"))).toEqual(["cleanUp"]);
    expect(after({ ...on("16.0.4195.2"), kind: "forcedFailover" })).toEqual(["cleanUp"]);
  });
});

describe("both sides", () => {
  const rowsOfBoth = (estate: Estate, of: string | undefined) =>
    offlineRows(estate, of, database).map(({ title, box, instance }) => [title, box, instance]);

  test("are shown with version, role, group, last write and last backup", () => {
    expect(rowsOfBoth(back, linkName)).toEqual([
      ["Version", "SQL Server 2022 (16.0.4125.3)", "Update policy SQL Server 2022"],
      [`Database ${database}`, expect.stringMatching(/^ONLINE/u), "ONLINE, READ_WRITE"],
      [`Role in ${linkName}`, "SECONDARY", "PRIMARY"],
      ["Availability group", adatum.boxGroup, "not told"],
      ["Last write, server time", expect.any(String), expect.any(String)],
      ["Last backup, server time", expect.any(String), expect.any(String)],
    ]);
    expect(rowsOfBoth(gone, undefined)).toContainEqual(["Link role", "no link", "no link"]);
  });

  test("a side that does not answer is never one without the database", () => {
    const silent = rowsOfBoth(withoutSide(back, "box"), linkName);
    expect(silent.map(([, box]) => box)).toEqual([
      "does not answer",
      "does not answer",
      "not told",
      "does not answer",
      "does not answer",
      "does not answer",
    ]);
    expect(
      offlineRows(back, linkName, "Another").find(({ title }) => title === "Database Another"),
    ).toMatchObject({ box: "not there", instance: "not there" });
  });

  test("the old copy is told with its group, its last write and its last backup", () => {
    expect(oldCopyWords({ estate: back, database })).toMatch(
      new RegExp(
        `^The old copy on SQLBOX01 is ONLINE, in the availability group ${adatum.boxGroup}; last write .+, last backup .+\\.$`,
        "u",
      ),
    );
    expect(oldCopyWords({ estate: back, database: "Another" })).toBe("There is no old copy of it.");
  });

  test("a version that restores nothing says what is possible instead", () => {
    const old = { ...adatum, box: { ...adatum.box, productVersion: "15.0.4312.2" } };
    const [finding] = offlineVersion({ estate: offlineInput(old, "gone").estate });
    expect(finding).toMatchObject({
      blocks: true,
      summary: "SQL Server 2019 restores no backup of a managed instance.",
    });
    expect(finding?.remedy).toMatch(/^Instead: transactional replication .*BACPAC/u);
  });
});

describe("the answers", () => {
  const answered = (changed: Partial<OfflineAnswers>): OfflineAnswers => ({
    ...noAnswers(database),
    backupTo: " https://store.blob.core.windows.net/back ",
    restoreTo: "E:\\Data",
    ...changed,
  });
  const lockOf = (changed: Partial<OfflineAnswers>) => offlineLock(answered(changed), "SQLBOX01");

  test.each([
    ["a folder in place of the container", { backupTo: "E:\\Backup" }, /container .* URL/u],
    ["no folder", { restoreTo: " " }, /folder on SQLBOX01/u],
    ["an empty new name", { restoreAs: " " }, /name the restored database/u],
    ["the old name, not typed", { under: "old" }, /type the name of the database/u],
    [
      "the old name in another case",
      { under: "old", typedName: database.toLowerCase() },
      /type the name of the database/u,
    ],
  ] as const)("lack something with %s", (_name, changed, sentence) => {
    expect(lockOf(changed)).toMatch(sentence);
  });

  test("are enough with both places, and with the old name once it was typed exactly", () => {
    expect(lockOf({})).toBeUndefined();
    expect(lockOf({ under: "old", typedName: `${database} ` })).toBeUndefined();
  });

  test("come to a new name by default, and to the old one only as it was typed", () => {
    expect(newName(answered({}))).toBe(`${database}_failback`);
    expect(offlineWantedInput.parse(offlineWanted(linkName, answered({})))).toEqual({
      kind: "offlineFailBack",
      linkName,
      database,
      backupTo: "https://store.blob.core.windows.net/back",
      restoreTo: "E:\\Data",
      restoreAs: `${database}_failback`,
      overOldName: null,
      writersStopped: null,
    });
    const old = answered({ under: "old", typedName: database, writersStopped: " Switched off " });
    expect(offlineWantedInput.parse(offlineWanted(undefined, old))).toMatchObject({
      linkName: null,
      restoreAs: null,
      overOldName: { typed: database },
      writersStopped: "Switched off",
    });
  });
});

test("its plan is named by the link, or without one by its database, and a reloaded page shows its window", () => {
  const plans = (["there", "gone"] as const).map(
    (link) => offlineScenario(adatum, link).made().plan,
  );
  expect(plans.map(isOfLink)).toEqual([true, false]);
  const shown = plans.map((plan) => {
    const state = foldEvents(finishedRun(plan, []));
    return shownWindow({ kind: "none" }, { state, lastSequence: 1, hasGap: false }, "", []);
  });
  const window = { kind: "offline", databases: [database], pair: noPair, isComingBack: true };
  expect(shown).toEqual([
    { ...window, linkName },
    { ...window, linkName: database },
  ]);
});

test("the wait for writers is Waiting, and its row says who is still writing", () => {
  const { plan } = offlineScenario(adatum, "gone").made();
  const [wait] = plan.steps;
  if (wait === undefined) throw new Error("The plan has no step.");
  const what = "Still writing on sqlmi1: session 203 (adatum_batch)";
  const bodies: readonly RunEventBody[] = [
    fakeRunStarted(plan),
    { kind: "stepBegan", stepId: wait.id },
    { kind: "stepProgress", stepId: wait.id, seen: [{ where: "instance", what }], elapsedMs: 500 },
  ];
  const state = foldEvents(numbered(bodies));
  expect(stepRows(state, 0)[0]).toMatchObject({ status: "waiting", details: what });
});
