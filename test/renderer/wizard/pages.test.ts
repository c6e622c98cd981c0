// What keeps Next and Finish closed on each page, said at the foot, and the note while they are open.
import { describe, expect, test } from "vitest";
import type { Finding } from "../../../shared/checks/finding.ts";
import type { Estate } from "../../../shared/estate/estate.ts";
import { gateAfter } from "../../../shared/gate/gate.ts";
import { defaultGateSettings } from "../../../shared/choices/choices.ts";
import type { PageName } from "../../../shared/ways/pages.ts";
import { pageNames } from "../../../shared/ways/pages.ts";
import { pages, shortHash } from "../../../renderer/wizard/pages.ts";
import type { WizardState } from "../../../renderer/wizard/wizard-state.ts";
import { adatum, linkedEstate } from "../../scenarios/linked-estate.ts";
import { question, reading, writer } from "../../shared/gate/sample-reading.ts";
import { after, factsOf, planned, wizardOn, withPlan } from "./opened-wizard.ts";

const healthy = linkedEstate(adatum);

function lock(page: PageName, state: WizardState): string | undefined {
  return pages[page].lock({ state, facts: factsOf(state) });
}

function note(page: PageName, state: WizardState): string {
  return pages[page].note({ state, facts: factsOf(state) });
}

function silent(side: "box" | "instance"): Estate {
  return {
    ...healthy,
    [side]: {
      kind: "unreachable",
      side,
      address: `${side},1433`,
      at: "2026-11-21T20:00:00.000Z",
      problem: {
        code: "noAnswer",
        class: "retry",
        summary: `${side},1433 does not answer.`,
        remedy: "Check the address.",
      },
    },
  };
}

function finding(changes: Partial<Finding>): Finding {
  return {
    check: "rights",
    level: "passed",
    blocks: false,
    where: "box",
    server: "SQLBOX01",
    summary: "dba has the rights.",
    remedy: "",
    ...changes,
  };
}

function assessed(findings: readonly Finding[]): WizardState {
  return after(
    wizardOn("readiness"),
    { kind: "asked", what: "readiness", ticket: 1 },
    { kind: "heard", what: "readiness", ticket: 1, answer: { findings, plan: null, atMs: 1_000 } },
  );
}

const failed = finding({
  level: "failed",
  blocks: true,
  summary: "dba has no ALTER.",
  remedy: "Ask for it.",
});

describe("the locks of the pages", () => {
  test("on a healthy link with a plan nothing is closed", () => {
    const state = { ...assessed([finding({})]), planning: withPlan(wizardOn("summary")).planning };
    expect(pageNames.map((page) => lock(page, state))).toEqual(pageNames.map(() => undefined));
  });

  test("the type can be chosen while the other side is not connected; its page cannot be passed", () => {
    const state = wizardOn("signIn", { estate: silent("instance") });
    expect(lock("failoverType", state)).toBeUndefined();
    expect(lock("signIn", state)).toBe(
      "Next is closed: instance,1433 does not answer. Check the address.",
    );
  });

  test("the type cannot be chosen while the local side does not answer", () => {
    const state = wizardOn("failoverType", { startedFrom: "instance", estate: silent("instance") });
    expect(lock("failoverType", state)).toContain("instance,1433 does not answer.");
  });

  test.each(["box", "instance"] as const)(
    "failing back can be chosen from %s, and not while the instance does not answer",
    (startedFrom) => {
      const estate = linkedEstate({ ...adatum, primary: "instance" });
      expect(
        lock("failoverType", wizardOn("failoverType", { startedFrom, estate })),
      ).toBeUndefined();
      const silentInstance = { ...estate, instance: silent("instance").instance };
      const opened = wizardOn("signIn", { startedFrom, estate: silentInstance });
      expect(lock("signIn", opened)).toContain("instance,1433 does not answer.");
    },
  );

  test("readiness names the check, the server and what to do; warnings do not close it", () => {
    expect(lock("readiness", assessed([finding({}), failed]))).toBe(
      "Next is closed: Permissions failed on SQLBOX01. Ask for it.",
    );
    const warned = assessed([finding({ level: "warning", remedy: "Look." })]);
    expect([lock("readiness", warned), note("readiness", warned)]).toEqual([
      undefined,
      "Next is open: warnings do not block. The run waits at this gate again before it fails over.",
    ]);
  });

  test("readiness is closed before the first answer, and open by the old one while it is read again", () => {
    const again = after(assessed([finding({})]), { kind: "asked", what: "readiness", ticket: 2 });
    expect(lock("readiness", wizardOn("readiness"))).toBe(
      "Next is closed: both sides are being read.",
    );
    expect(lock("readiness", again)).toBeUndefined();
  });

  test("readiness is closed again when what was ready cannot be read any more", () => {
    const problem = {
      code: "x",
      class: "block",
      summary: "Nobody answers.",
      remedy: "Wait.",
    } as const;
    const silent = after(
      assessed([finding({})]),
      { kind: "asked", what: "readiness", ticket: 2 },
      { kind: "notHeard", what: "readiness", ticket: 2, problem },
    );
    expect(lock("readiness", silent)).toBe("Next is closed: Nobody answers. Wait.");
  });

  test("names of any origin stand on one line at the foot", () => {
    const state = assessed([{ ...failed, server: "a]b\n'c\"", remedy: "Do\u202eit." }]);
    expect(lock("readiness", state)).toBe(
      "Next is closed: Permissions failed on a]b\\u000a'c\". Do\\u202eit.",
    );
  });

  test("roles that moved since Choose Failover Type close every page after it, until it is chosen again", () => {
    const moved = linkedEstate({ ...adatum, primary: "instance" });
    const withMoved = (page: PageName) => ({ ...wizardOn(page), estate: moved });
    const why =
      "is closed: the roles have moved, sqlmi1 is primary now. Go back to Choose Failover Type, or leave the wizard.";
    for (const page of ["signIn", "readiness", "postFailover"] as const) {
      expect(lock(page, withMoved(page))).toBe(`Next ${why}`);
    }
    expect(lock("summary", withMoved("summary"))).toBe(`Finish ${why}`);
    const chosenAgain = after(
      withMoved("summary"),
      { kind: "wentTo", page: "failoverType" },
      { kind: "next", from: "failoverType", primary: "instance" },
    );
    expect([lock("failoverType", withMoved("failoverType")), lock("signIn", chosenAgain)]).toEqual([
      undefined,
      undefined,
    ]);
  });

  test("the operations wait for a time budget of whole minutes", () => {
    const typed = (value: string) =>
      lock(
        "postFailover",
        after(wizardOn("postFailover"), { kind: "answered", answer: "budget", value }),
      );
    const why = "Next is closed: the time budget is not a whole number of minutes from 1 to 1440.";
    expect(["1", "1440", "0", "1441", "ten"].map(typed)).toEqual([
      undefined,
      undefined,
      ...[why, why, why],
    ]);
  });

  test("Finish is closed while the plan is made, when it is refused, and when it was not made", () => {
    const summary = wizardOn("summary");
    const asking = after(summary, { kind: "asked", what: "planning", ticket: 2 });
    const blocked = withPlan(summary, { ...planned, plan: null, findings: [failed] });
    const none = withPlan(summary, { ...planned, plan: null });
    expect([asking, blocked, none].map((state) => lock("summary", state))).toEqual([
      "Finish is closed: the plan is being made from a fresh reading.",
      "Finish is closed: Permissions failed on SQLBOX01. Ask for it.",
      "Finish is closed: there is no plan.",
    ]);
  });
});

describe("the note of Summary", () => {
  const gate = (writers: Parameters<typeof reading>[1]) =>
    gateAfter(undefined, reading(0, writers), defaultGateSettings, question);

  test("says that the run waits while a session writes, whatever was ticked", () => {
    const state = after(
      wizardOn("summary"),
      { kind: "answered", answer: "workloadStopped", value: true },
      { kind: "gateSeen", gate: gate({ writers: { kind: "seen", value: [writer()] } }) },
    );
    expect(note("summary", state)).toBe(
      "Plan 7F3A-91C2. Finish runs exactly these steps; if a role changes first, it refuses. The run will wait in step 1 until nobody writes. Nothing changes before.",
    );
  });

  test("does not say so when the gate sees nobody write", () => {
    const state = after(wizardOn("summary"), { kind: "gateSeen", gate: gate({}) });
    expect(note("summary", state)).not.toContain("wait");
  });
});

test("a plan's hash is short enough to compare by eye", () => {
  expect(shortHash("7f3a91c2ffff")).toBe("7F3A-91C2");
});
