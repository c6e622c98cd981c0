// What the answers of the wizard come to: the choices on the way that is decided, and the pages that wait for them.
import { describe, expect, test } from "vitest";
import type { Answers } from "../../../renderer/wizard/answers.ts";
import {
  choicesOf,
  chosenOn,
  plannedWith,
  presetAnswers,
} from "../../../renderer/wizard/answers.ts";
import { budgetWords } from "../../../renderer/wizard/budget-words.ts";
import { linkFacts } from "../../../renderer/wizard/link-facts.ts";
import { linkOptions } from "../../../renderer/wizard/link-options.ts";
import { pages } from "../../../renderer/wizard/pages.ts";
import { runWaits } from "../../../renderer/text/wizard-words.ts";
import type { PlannedFailoverChoices } from "../../../shared/choices/choices.ts";
import { defaultChoices } from "../../../shared/choices/choices.ts";
import type { AzureFact } from "../../../shared/estate/azure-fact.ts";
import type { Estate } from "../../../shared/estate/estate.ts";
import { pairedLinks, refOf } from "../../../shared/estate/paired-links.ts";
import type { PageName } from "../../../shared/ways/pages.ts";
import { adatum, linkedEstate } from "../../scenarios/linked-estate.ts";
import type { LinkShape } from "../../scenarios/linked-estate.ts";
import { secondLink, twoLinksEstate } from "../../scenarios/two-links-estate.ts";
import { armLink, azureWith } from "../../shared/checks/sample-azure.ts";
import { adatumLink, readOf } from "../link-estate.ts";
import { after, factsOf, openedWizard, plan } from "./opened-wizard.ts";

const azure = azureWith({}, [{ ...armLink, name: adatum.link }]);
const box2019 = { ...adatum.box, productVersion: "15.0.4312.2" };
const standard = { ...adatum.box, engineEdition: 2, edition: "Standard Edition (64-bit)" };

function estateOf(more: Partial<LinkShape> = {}, seen?: AzureFact): Estate {
  const estate = linkedEstate({ ...adatum, ...more });
  return seen === undefined ? estate : { ...estate, azure: seen };
}

function choices(estate: Estate, answers: Partial<Answers> = {}): PlannedFailoverChoices {
  const given = { ...presetAnswers, ...answers };
  const { way, primary } = linkFacts(estate, adatum.link, given.removeLink);
  return plannedWith(choicesOf(adatum.link, primary, chosenOn(way, given)), given.understood);
}

describe("the choices", () => {
  test("go from the side that is primary, and keep the link", () => {
    expect(choices(estateOf())).toEqual({
      ...defaultChoices,
      linkName: adatum.link,
      to: "instance",
    });
    expect(choices(estateOf({ primary: "instance" }), { acceptUnproved: true })).toMatchObject({
      to: "box",
      gate: { acceptUnproved: true },
      letSqlServerBeRead: false,
    });
  });

  test("remove the link where that is ticked and Azure may be asked", () => {
    const ticks = { removeLink: true, dropGroup: true };
    expect(choices(estateOf({}, azure), ticks)).toMatchObject({
      keepLink: false,
      removal: { dropGroup: true, keepOldCopyClosed: true, understood: false },
      letSqlServerBeRead: false,
    });
  });

  test("do not count a tick that cannot be carried out", () => {
    const ticks = { removeLink: true, dropGroup: true };
    const kept = { keepLink: true, removal: { dropGroup: false } };
    expect(choices(estateOf(), ticks)).toMatchObject(kept);
    const mayNot = azureWith({ delete: false }, [{ ...armLink, name: adatum.link }]);
    expect(choices(estateOf({}, mayNot), ticks)).toMatchObject(kept);
    expect(choices(estateOf(), { dropGroup: true })).toMatchObject(kept);
  });

  test("remove a link that cannot stay, whatever is ticked", () => {
    expect(choices(estateOf({ box: box2019 }))).toMatchObject({ keepLink: false });
    expect(choices(estateOf({ box: box2019 }), { understood: true })).toMatchObject({
      removal: { understood: true },
    });
  });

  test("let no copy be read on Standard edition", () => {
    expect(choices(estateOf({ box: standard })).letSqlServerBeRead).toBe(false);
  });

  test("ask Azure for the failover where the login on the instance may not", () => {
    const estate = estateOf({ primary: "instance" }, azure);
    const { instance } = estate;
    if (instance.kind !== "seen") throw new Error("The estate sees both sides.");
    const rights = {
      ...instance.facts.rights,
      isSysadmin: false,
      controlServer: false,
      alterAnyAvailabilityGroup: false,
    };
    const mayNot = { ...estate, instance: { ...instance, facts: { ...instance.facts, rights } } };
    expect([choices(estate).failoverBy, choices(mayNot).failoverBy]).toEqual(["tsql", "arm"]);
  });

  test("ask Azure for the failover where that is ticked, from the instance and signed in alone", () => {
    const by = (estate: Estate) => choices(estate, { askAzure: true }).failoverBy;
    expect([
      by(estateOf({ primary: "instance" }, azure)),
      by(estateOf({ primary: "instance" })),
      by(estateOf({}, azure)),
    ]).toEqual(["arm", "tsql", "tsql"]);
  });

  test("carry the time budget in seconds, and the usual one while no time is typed", () => {
    const typed = ["1", " 90 ", "1440", "0", "1441", "1.5", "-1", "", "soon"];
    expect(typed.map((budget) => choices(estateOf(), { budget }).budgetSeconds)).toEqual([
      ...[60, 5_400, 86_400],
      ...[600, 600, 600, 600, 600, 600],
    ]);
  });
});

describe("the pages of a link that cannot stay", () => {
  const lock = (page: PageName, estate: Estate, understood = false) => {
    const state = after(openedWizard({ estate }), {
      kind: "answered",
      answer: "understood",
      value: understood,
    });
    return pages[page].lock({ state, facts: factsOf(state) });
  };

  test("wait for a sign-in to Azure, on its own page", () => {
    expect(lock("signIn", estateOf({ box: box2019 }))).toBe(
      "Next is closed: The link DAG_AdatumBooks is removed by Azure. Nobody is signed in to Azure. Sign in to Azure.",
    );
    expect(lock("signIn", estateOf({ box: box2019 }, azure))).toBeUndefined();
    expect(lock("signIn", estateOf())).toBeUndefined();
  });

  test("wait for I understand, and only there", () => {
    const estate = estateOf({ box: box2019 }, azure);
    expect(lock("postFailover", estate)).toMatch(/^Next is closed: .* Tick I understand\.$/u);
    expect(lock("postFailover", estate, true)).toBeUndefined();
    expect(lock("postFailover", estateOf({}, azure))).toBeUndefined();
  });

  test("are shut from the first where no way goes back to SQL Server", () => {
    const instance = { ...adatum.instance, productUpdateType: "Continuous" };
    const estate = estateOf({ primary: "instance", instance });
    expect(lock("failoverType", estate)).toMatch(
      /^Next is closed: SQLBOX01 is SQL Server 2022 .*\(41988\)\. Nothing goes back/u,
    );
    expect(linkFacts(estate, adatum.link).way?.pages).toEqual(["introduction", "failoverType"]);
  });
});

test("where the gate is not the first step, the run is not said to change nothing before it", () => {
  const [gate, ...others] = plan.steps;
  if (gate === undefined) throw new Error("The plan has steps.");
  const before = { ...gate, action: { kind: "setCommitMode", modes: [] } } as const;
  expect(runWaits(plan)).toContain("in step 1 until nobody writes. Nothing changes before.");
  expect(runWaits({ steps: [before, gate, ...others] })).toContain(
    "in step 2 until nobody writes. Only the commit mode changes before",
  );
});

describe("the time budget", () => {
  test("of a plan that changes nothing before the line has nothing to undo", () => {
    expect(budgetWords(plan)).toBe(
      "Time budget: if step 2 has not begun 10 min after the start, the run ends; nothing was changed then.",
    );
  });

  test("undoes what can be taken back, and is not told of where there is none", () => {
    const [gate, ...others] = plan.steps;
    if (gate === undefined) throw new Error("The plan has steps.");
    const undoable = { ...gate, takeBack: { statement: "x" } };
    const steps = [undoable, gate, ...others];
    expect(budgetWords({ ...plan, steps, budgetSeconds: 90 })).toBe(
      "Time budget: if step 3 has not begun 90 s after the start, the run ends and everything done so far is undone.",
    );
    expect(budgetWords({ ...plan, budgetSeconds: null })).toBeUndefined();
    expect(budgetWords({ ...plan, steps: [gate] })).toBeUndefined();
  });
});

describe("the question which link", () => {
  const both = twoLinksEstate();

  test("tells each link by its instance, and which one is connected", () => {
    const known = pairedLinks(readOf(both).servers);
    const gone = { ...adatumLink, linkName: "gone" };
    const options = linkOptions(known, [...known.map(refOf), gone]);
    expect(options.map(({ link, words }) => [link.linkName, words])).toEqual([
      [adatum.link, "To sqlmi1. It is connected."],
      [
        secondLink,
        "To sqlmi2. It is not connected: sign in to sqlmi2 on the wizard's page for it.",
      ],
      ["gone", "To which instance is not shown."],
    ]);
  });

  test("a removal leaves the group that the other link needs", () => {
    const { way } = linkFacts({ ...both, azure }, adatum.link, true);
    expect([way?.isRemoved, way?.dropGroup]).toMatchObject([
      true,
      { isOffered: false, sentence: "Not offered: LINK_B on SQLBOX01 still needs AG_AdatumBooks." },
    ]);
  });
});
