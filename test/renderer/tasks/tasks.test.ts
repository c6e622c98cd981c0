// Clean-up and hybrid benefit in the window: what may be ticked, what is locked and why, what is offered after a failover.
import { describe, expect, test } from "vitest";
import { shownWindow } from "../../../renderer/app-state.ts";
import { hybridFacts, hybridLocks } from "../../../renderer/tasks/hybrid-facts.ts";
import {
  afterTick,
  byHand,
  keptHalf,
  leftoverRows,
  withoutUsed,
} from "../../../renderer/tasks/leftover-rows.ts";
import { offeredWindow, offersAfter } from "../../../renderer/tasks/offers.ts";
import { leftoversOf } from "../../../shared/clean-up/leftovers.ts";
import { checkHybrid } from "../../../shared/hybrid/build.ts";
import { foldEvents } from "../../../shared/run/state.ts";
import { fakePlan } from "../../fakes/fake-plan.ts";
import { forcedPlan } from "../../fakes/forced-plan.ts";
import { finishedRun } from "../../scenarios/finished-run.ts";
import {
  cleanUpInput,
  cleanUpOf,
  goneEstate,
  hybridInput,
  hybridOf,
  own,
  partner,
  seenWith,
} from "../../shared/clean-up/left-behind.ts";
import { boxGivenUp, endingAlone, nobodyPrimary, repaired } from "../../shared/repair/repaired.ts";
import { bothServers } from "../link-estate.ts";

const leftovers = leftoversOf(goneEstate(), seenWith());
const group = leftovers.find(({ kind }) => kind === "group")?.key ?? "";
const endpoint = "endpoint:database_mirroring_endpoint";
const lockOf = (key: string, chosen: readonly string[] = [], of = leftovers) =>
  leftoverRows(of, chosen).find((row) => row.key === key)?.lock;

describe("the list of leftovers", () => {
  test("has no tick by default, and only what nothing uses is open", () => {
    const rows = leftoverRows(leftovers, []);
    expect(rows.some(({ isTicked }) => isTicked)).toBe(false);
    expect(rows.filter(({ lock }) => lock === undefined).map(({ key }) => key)).toEqual([
      group,
      `certificate:${partner}`,
      `trust-certificate:${own}`,
      "trace-flag:12381",
    ]);
  });

  test("opens what is used only by what is ticked, one after the other", () => {
    expect(lockOf(endpoint)).toMatch(
      /^Locked: it is still used by the availability group \S+\. Tick that too, and it opens\.$/u,
    );
    expect(lockOf(endpoint, [group])).toBeUndefined();
    expect(lockOf(`certificate:${own}`, [group])).toMatch(/by the endpoint/u);
    expect(lockOf(`certificate:${own}`, [group, endpoint])).toBeUndefined();
  });

  test("keeps locked what something else uses, whatever is ticked", () => {
    const used = leftoversOf(
      goneEstate(),
      seenWith({ certificateUses: [{ certificate: own, by: "the login backup" }] }),
    );
    expect(lockOf(`certificate:${own}`, [group, endpoint], used)).toBe(
      "Locked: it is still used by the login backup.",
    );
  });

  test("loses with a tick every tick that stood on it, and keeps the others", () => {
    const chosen = [group, endpoint, `certificate:${own}`, "trace-flag:12381"];
    expect(afterTick(leftovers, chosen, group)).toEqual(["trace-flag:12381"]);
    expect(afterTick(leftovers, [group], endpoint)).toEqual([group, endpoint]);
  });

  test("read again, keeps no tick of what is gone or used by now", () => {
    expect(withoutUsed(leftovers, ["endpoint:another", endpoint, group])).toEqual([
      endpoint,
      group,
    ]);
    expect(withoutUsed([], [group])).toEqual([]);
  });

  test("only notes what no step reaches", () => {
    expect(byHand(leftovers)).toEqual([expect.stringContaining("TestMILinkConnection")]);
  });

  test("names the link whose half stayed on SQL Server, and none where there is none", () => {
    expect(keptHalf(leftoversOf(goneEstate("kept"), seenWith()))).toBe(
      cleanUpInput([]).choices.linkName,
    );
    expect(keptHalf(leftovers)).toBeUndefined();
  });
});

describe("the hybrid benefit", () => {
  test("is changed to the other of the two, and says what Azure does not tell", () => {
    expect(hybridFacts(hybridInput("Passive").estate)).toMatchObject({
      usage: "Active",
      wanted: "Passive",
    });
    expect(hybridFacts(hybridInput("Active").estate).wanted).toBe("Active");
    expect(hybridFacts(goneEstate())).toMatchObject({ state: "Ready" });
    expect(hybridFacts({ ...goneEstate(), azure: { kind: "notAsked" } })).toMatchObject({
      instance: undefined,
      usage: "not told",
      wanted: "Passive",
    });
  });

  test("is locked by what no tick opens, and by nothing while only the tick is missing", () => {
    const input = hybridInput("Passive");
    const choices = { ...input.choices, isPassiveConfirmed: false };
    expect(hybridLocks(checkHybrid({ ...input, choices }))).toEqual([]);
    const { azure } = input.estate;
    if (azure?.kind !== "seen") throw new Error("Azure is read.");
    const busy = { ...azure, instance: { ...azure.instance, state: "Updating" } };
    const updating = { ...input.estate, azure: busy };
    expect(
      hybridLocks(checkHybrid({ ...input, choices, estate: updating })).map(
        ({ summary }) => summary,
      ),
    ).toEqual([expect.stringContaining("is Updating, and is changed only while it is Ready.")]);
    const estate = { ...input.estate, azure: { kind: "notAsked" } as const };
    expect(
      hybridLocks(checkHybrid({ ...input, choices, estate })).map(({ summary }) => summary),
    ).toEqual(["Nobody is signed in to Azure."]);
  });
});

describe("after a run", () => {
  const ended = (plan: typeof fakePlan) => foldEvents(finishedRun(plan, []));

  test("the benefit is offered where the roles changed, clean-up and the way back where the link is gone", () => {
    expect(offersAfter(ended(fakePlan))).toEqual(["hybrid"]);
    expect(offersAfter(ended(forcedPlan))).toEqual(["hybrid"]);
    expect(offersAfter(ended({ ...fakePlan, move: "delete", keepLink: false }))).toEqual([
      "cleanUp",
      "offline",
    ]);
  });

  test("of a repair the way back is offered, and clean-up where it removed the link", () => {
    const { plan: demoted } = repaired(boxGivenUp);
    const { plan: forced } = repaired(nobodyPrimary);
    const { plan: alone } = repaired(endingAlone);
    expect(offersAfter(ended(demoted))).toEqual(["failBack"]);
    expect(offersAfter(ended(forced))).toEqual(["failBack", "hybrid"]);
    expect(offersAfter(ended(alone))).toEqual(["cleanUp"]);
    const linkName = demoted.link.name;
    expect(offeredWindow("failBack", demoted, bothServers)).toEqual({
      kind: "wizard",
      link: { linkName, pair: bothServers },
      startedFrom: "instance",
    });
    expect(offeredWindow("cleanUp", alone, bothServers)).toEqual({
      kind: "cleanUp",
      linkName,
      pair: bothServers,
    });
  });

  test("nothing is offered before its end, after one that failed, and of what moves nothing", () => {
    const run = ended(fakePlan);
    expect(offersAfter({ ...run, ended: undefined })).toEqual([]);
    expect(
      offersAfter({ ...run, ended: run.ended && { ...run.ended, outcome: "failed" } }),
    ).toEqual([]);
    expect(offersAfter(ended(hybridOf(hybridInput("Passive")).plan))).toEqual([]);
  });

  test("of its own a reloaded page shows the window that it belongs to", () => {
    const shown = (plan: typeof fakePlan) =>
      shownWindow({ kind: "none" }, { state: ended(plan), lastSequence: 1, hasGap: false }, "", []);
    expect(shown(cleanUpOf(cleanUpInput([group])).plan)).toMatchObject({
      kind: "cleanUp",
      isComingBack: true,
    });
    expect(shown(hybridOf(hybridInput("Passive")).plan)).toMatchObject({ kind: "hybrid" });
  });
});
