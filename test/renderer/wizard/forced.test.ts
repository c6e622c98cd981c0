// The wizard of a forced failover: where it is offered, the choices it makes, and what opens the button that forces.
import { describe, expect, test } from "vitest";
import { forwardWord } from "../../../renderer/wizard/forced-pages.ts";
import {
  forcedChoicesOf,
  forcedOffer,
  forcedSides,
  isConfirmed,
  isConfirmedByHand,
  mayForceByAzure,
  supportedTypes,
} from "../../../renderer/wizard/forced-type.ts";
import { linkFacts } from "../../../renderer/wizard/link-facts.ts";
import type { WizardState } from "../../../renderer/wizard/wizard-state.ts";
import { hasDoneSomething } from "../../../renderer/wizard/wizard-state.ts";
import { expectedRole, plannedRole } from "../../../renderer/run/side-words.ts";
import { stopMeaning } from "../../../renderer/run/stop-meaning.ts";
import { shownWindow } from "../../../renderer/app-state.ts";
import type { Side } from "../../../shared/estate/estate.ts";
import type { TargetSeen } from "../../../shared/ipc.ts";
import { foldEvents } from "../../../shared/run/state.ts";
import { forcedPlan } from "../../fakes/forced-plan.ts";
import { finishedRun } from "../../scenarios/finished-run.ts";
import { adatum, linkedEstate } from "../../scenarios/linked-estate.ts";
import { armLink, azureWith } from "../../shared/checks/sample-azure.ts";
import { withoutSide } from "../link-estate.ts";
import { boxGone, estate, facts, forcedOn, lock, planned, seen, sides } from "./forced-states.ts";
import { after, factsOf, openedWizard } from "./opened-wizard.ts";

describe("the type", () => {
  const offer = (from: Side, of = estate) => {
    const known = linkFacts(of, adatum.link);
    return forcedOffer(forcedSides(known, from));
  };

  test("is offered on the secondary alone, and on the primary not, with the reason", () => {
    expect(offer("box")).toEqual({
      isOffered: false,
      words:
        "Not offered: SQLBOX01 is primary and answers, so nothing has to be given up. If SQLBOX01 is lost, connect to sqlmi1 and open this wizard there. Migrating? Choose planned: it loses nothing.",
    });
    expect([offer("instance").isOffered, offer("instance", boxGone).isOffered]).toEqual([
      true,
      true,
    ]);
  });

  test("is not offered while the side that is to take over does not answer", () => {
    const { isOffered, words } = offer("instance", withoutSide(estate, "instance"));
    expect([isOffered, words]).toEqual([false, expect.stringContaining("is not known.")]);
  });

  test("names the other side by its endpoint, which the plan knows too, and by its name while it answers", () => {
    expect(sides.other.name).toBe("sqlbox01.adatum.example");
    expect(forcedSides(facts, "instance").other.name).toBe("SQLBOX01 (sqlbox01.adatum.example)");
    expect(forcedSides(facts, "box").other.name).toBe("sqlmi1");
  });

  test("stands beside planned in the supported types, and alone where planned is not known", () => {
    const [on, off] = [{ isOffered: true, words: "" }, offer("box")];
    expect([
      supportedTypes(facts, off),
      supportedTypes(facts, on),
      supportedTypes(linkFacts(boxGone, adatum.link), on),
    ]).toEqual(["Planned", "Planned; forced", "Forced"]);
  });

  test("has to be understood before its page is left, and asks nothing of the other side", () => {
    const not = forcedOn("failoverType", undefined, { answer: "lossUnderstood", value: false });
    expect(lock("failoverType", not)).toBe("Next is closed: data can be lost. Tick I understand.");
    const pages = ["failoverType", "signIn", "postFailover"] as const;
    expect(pages.map((page) => lock(page, forcedOn(page)))).toEqual(pages.map(() => undefined));
  });

  test("is closed on every page once its own side is primary", () => {
    const split = linkedEstate({ ...adatum, primary: "instance" });
    const state = { ...forcedOn("signIn"), estate: split };
    expect(lock("signIn", state)).toBe(
      "Next is closed: sqlmi1 is PRIMARY: there is nothing to force.",
    );
  });

  test("is something to be asked about before leaving", () => {
    expect(hasDoneSomething(forcedOn("failoverType"))).toBe(true);
    expect(hasDoneSomething(openedWizard())).toBe(false);
  });
});

describe("the choices", () => {
  const choices = (more: Partial<WizardState["answers"]>, mayAskAzure = false) => {
    const { answers, linkName, startedFrom } = forcedOn("readiness");
    return forcedChoicesOf(
      { linkName, startedFrom, answers: { ...answers, ...more } },
      mayAskAzure,
    );
  };

  test("go to the side where the wizard was opened, despite nothing", () => {
    expect(choices({})).toEqual({
      kind: "forcedFailover",
      linkName: adatum.link,
      to: "instance",
      failoverBy: "tsql",
      despite: [],
      reason: null,
    });
  });

  test("accept each thing by its own reason, and by no other", () => {
    expect(choices({ aliveReason: "Drill." })).toMatchObject({
      despite: ["alive"],
      reason: "Drill.",
    });
    expect(choices({ aliveReason: "A.", suspendedReason: "B.", goOn: true })).toMatchObject({
      despite: ["alive", "suspended", "working"],
      reason: "A. B.",
    });
    expect(choices({ goOn: true })).toMatchObject({ despite: ["working"], reason: null });
  });

  test("ask Azure where that is ticked and Azure sees the link, and never for SQL Server", () => {
    const azure = azureWith({}, [{ ...armLink, name: adatum.link }]);
    const may = (to: Side, of = { ...estate, azure }) => mayForceByAzure(of, adatum.link, to);
    expect([may("instance"), may("box"), mayForceByAzure(estate, adatum.link, "instance")]).toEqual(
      [true, false, false],
    );
    expect([
      choices({ askAzure: true }, true).failoverBy,
      choices({ askAzure: true }, false).failoverBy,
    ]).toEqual(["arm", "tsql"]);
  });
});

describe("the button that forces", () => {
  const summary = (typed: string, target: TargetSeen = seen.quiet) =>
    after(planned(forcedOn("summary", target), "a"), {
      kind: "answered",
      answer: "typedLinkName",
      value: typed,
    });
  const { name } = forcedPlan.link;

  test("says what it does, and is not worked by Enter", () => {
    const state = summary("");
    const input = { state, facts: factsOf(state) };
    expect([forwardWord("summary", input), forwardWord("readiness", input)]).toEqual([
      "Force failover to sqlmi1",
      "Next >",
    ]);
    expect([
      isConfirmedByHand(state, "summary"),
      isConfirmedByHand(state, "readiness"),
      isConfirmedByHand(openedWizard(), "summary"),
    ]).toEqual([true, false, false]);
  });

  test("opens by the link's exact name alone", () => {
    const typed = ["", name.toLowerCase(), `${name}x`, name.slice(1), name, ` ${name}\n`];
    expect(typed.map((one) => isConfirmed(summary(one)))).toEqual([
      ...[false, false, false, false],
      ...[true, true],
    ]);
    expect(lock("summary", summary(name))).toBeUndefined();
    expect(lock("summary", summary("x"))).toContain("Forcing is closed: type the name of the link");
  });

  test("is closed by a sign of life that comes later, whatever was typed", () => {
    expect(lock("summary", summary(name, seen.alive))).toMatch(
      /^Forcing is closed: sqlbox01\.adatum\.example is alive/u,
    );
  });

  test("what was typed confirms no other plan, and no other visit of the page", () => {
    const again = (hash: string) => planned(summary(name), hash).answers.typedLinkName;
    expect([again("a"), again("b")]).toEqual([name, ""]);
    const back = after(summary(name), { kind: "previous", from: "summary" });
    expect(back.answers.typedLinkName).toBe("");
  });

  test("nothing is confirmed while the plan is made anew", () => {
    const asking = after(summary(name), { kind: "asked", what: "planning", ticket: 2 });
    expect([isConfirmed(asking), lock("summary", asking)]).toEqual([
      false,
      "Forcing is closed: the plan is being made from a fresh reading.",
    ]);
  });

  test("a reason that is typed later makes another plan", () => {
    const { planning } = after(summary(name), {
      kind: "answered",
      answer: "aliveReason",
      value: "Drill.",
    });
    expect(planning.answer).toBeUndefined();
  });
});

describe("a forced run", () => {
  const events = finishedRun(forcedPlan, []);
  const run = foldEvents(events);

  test("expects nothing of the side that is given up, which nobody asks", () => {
    expect([
      plannedRole(run, "box"),
      expectedRole(run, "box"),
      plannedRole(run, "instance"),
      expectedRole(run, "instance"),
    ]).toEqual([undefined, undefined, "SECONDARY", "PRIMARY"]);
  });

  test("can be stopped at once while it only looks, and is proved once it is sent", () => {
    const at = (stepId: string) =>
      stopMeaning(
        foldEvents(
          events.slice(
            0,
            events.findIndex((event) => event.kind === "stepBegan" && event.stepId === stepId) + 1,
          ),
        ),
      );
    expect(at("1-look-before-force")?.button).toBe("Stop now");
    expect(at("2-force")?.text).toContain("when it is proved which side is primary");
  });

  test("comes back as a wizard at the side that took over", () => {
    const feed = { state: run, lastSequence: 1, hasGap: false };
    expect(shownWindow({ kind: "none" }, feed, undefined, [])).toMatchObject({
      kind: "wizard",
      startedFrom: "instance",
    });
  });
});
