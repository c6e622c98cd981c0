// The answers of a repair: what they lack, the choices they come to, and when the button opens.
import { describe, expect, test } from "vitest";
import type { RepairAnswers } from "../../../renderer/repair/repair-state.ts";
import {
  deedWords,
  isRepairConfirmed,
  lacks,
  noAnswers,
  proposalWords,
  repairChoices,
} from "../../../renderer/repair/repair-state.ts";
import { repairChoicesInput } from "../../../shared/repair/contract.ts";
import { endingAlone, repaired } from "../../shared/repair/repaired.ts";

const names = { box: "SQLBOX01", instance: "sqlmi1" };
const at = new Date("2026-11-21T22:05:09.123Z");
const answered = (changes: Partial<RepairAnswers>): RepairAnswers => ({ ...noAnswers, ...changes });

describe("a split brain", () => {
  test("needs a side, and a place for what the other one holds", () => {
    expect(lacks("splitBrain", noAnswers, names)).toBe("Choose which side stays primary.");
    const survivor = "instance" as const;
    const folders = { box: " ", instance: "https://store/save" };
    expect(lacks("splitBrain", answered({ survivor, folders }), names)).toBe(
      "Name where what SQLBOX01 holds is saved.",
    );
    expect(
      lacks("splitBrain", answered({ survivor, folders: { box: "D:\\s", instance: "" } }), names),
    ).toBeUndefined();
  });

  test("saves the side that is given up alone, in files named by the moment of asking", () => {
    const choices = repairChoices(
      "LINK",
      "splitBrain",
      answered({ survivor: "instance", folders: { box: " D:\\s ", instance: "https://left" } }),
      at,
    );
    expect(repairChoicesInput.parse(choices)).toEqual({
      kind: "repair",
      linkName: "LINK",
      survivor: "instance",
      ending: "rejoin",
      saveTo: { box: { folder: "D:\\s", stamp: "20261121T220509Z" }, instance: null },
      demoteBy: "tsql",
      roleChangeType: "Forced",
      writersStopped: null,
    });
  });

  test("proposes nobody, whatever was read", () => {
    const look = {
      copies: { box: { kind: "seen", copies: [] }, instance: { kind: "seen", copies: [] } },
      proposal: { kind: "proposed", side: "box" },
    } as const;
    expect(proposalWords("splitBrain", look, names)).toMatch(/^Nothing is proposed/u);
    expect(proposalWords("noPrimary", look, names)).toMatch(/^Proposed: SQLBOX01\./u);
    expect(noAnswers.survivor).toBeUndefined();
  });
});

describe("a split brain of which the instance is made secondary by Azure", () => {
  const byAzure = answered({
    survivor: "box",
    demoteBy: "arm",
    roleChangeType: "Planned",
    folders: { box: "", instance: "https://store/save" },
    writersStopped: " The firewall is shut. ",
  });

  test("needs the reason why nobody can write there", () => {
    expect(lacks("splitBrain", { ...byAzure, writersStopped: " " }, names)).toBe(
      "Type why nobody can write to sqlmi1: Azure takes minutes.",
    );
    expect(lacks("splitBrain", byAzure, names)).toBeUndefined();
    expect(repairChoices("LINK", "splitBrain", byAzure, at)).toMatchObject({
      demoteBy: "arm",
      roleChangeType: "Planned",
      writersStopped: "The firewall is shut.",
    });
  });

  test("asks Azure nothing once SQL Server is the one, or nobody is primary", () => {
    const boxGivenUp = { ...byAzure, survivor: "instance" } as const;
    expect(repairChoices("LINK", "splitBrain", boxGivenUp, at)?.demoteBy).toBe("tsql");
    expect(repairChoices("LINK", "noPrimary", byAzure, at)).toMatchObject({
      demoteBy: "tsql",
      writersStopped: null,
    });
  });
});

describe("the link removed", () => {
  const alone = answered({
    survivor: "instance",
    ending: "alone",
    demoteBy: "arm",
    folders: { box: "D:\\s", instance: "https://store/save" },
    writersStopped: "x",
  });

  test("saves nothing, makes nobody secondary, and needs only the side that stays primary", () => {
    expect(lacks("splitBrain", { ...alone, survivor: undefined }, names)).toBe(
      "Choose which side stays primary.",
    );
    expect(lacks("splitBrain", alone, names)).toBeUndefined();
    expect(repairChoicesInput.parse(repairChoices("LINK", "splitBrain", alone, at))).toMatchObject({
      survivor: "instance",
      ending: "alone",
      saveTo: { box: null, instance: null },
      demoteBy: "tsql",
      writersStopped: null,
    });
    expect(deedWords(repaired(endingAlone).plan)).toBe("Remove the link");
  });

  test("is no ending of a link without a primary", () => {
    expect(repairChoices("LINK", "noPrimary", alone, at)?.ending).toBe("rejoin");
  });
});

describe("no primary", () => {
  test("needs a side, and saves what has a place", () => {
    expect(lacks("noPrimary", noAnswers, names)).toBe("Choose which side becomes primary.");
    const answers = answered({ survivor: "box", folders: { box: "D:\\s", instance: "" } });
    expect(lacks("noPrimary", answers, names)).toBeUndefined();
    expect(repairChoices("LINK", "noPrimary", answers, at)?.saveTo).toEqual({
      box: { folder: "D:\\s", stamp: "20261121T220509Z" },
      instance: null,
    });
  });
});

test("the button stays closed without a plan, whatever was typed", () => {
  expect(isRepairConfirmed(undefined, answered({ typedLinkName: "LINK" }))).toBe(false);
});
