import { describe, expect, test } from "vitest";
import type { Plan } from "../../../shared/plan/plan.ts";
import { parsePlan } from "../../../shared/plan/parse.ts";
import { buildRepairPlan } from "../../../shared/repair/build.ts";
import { checkRepair } from "../../../shared/repair/checks.ts";
import type { RepairInput } from "../../../shared/repair/input.ts";
import { names } from "../estate/sample-estate.ts";
import { endingAlone } from "./repaired.ts";
import { backupSet, broken, choices, copy, repairInput } from "./samples.ts";

function blocksOf(changes: Partial<RepairInput>): readonly string[] {
  const findings = checkRepair(repairInput(changes));
  return findings.filter(({ blocks }) => blocks).map(({ summary }) => summary);
}

function planOf(changes: Partial<RepairInput> = {}): Plan {
  const input = repairInput(changes);
  const findings = checkRepair(input);
  const answer = buildRepairPlan({ ...input, environment: "test", findings });
  if (answer.kind === "plan") return answer.plan;
  throw new Error(answer.findings.map(({ summary }) => summary).join(" "));
}

const kindsOf = ({ steps }: Plan) => steps.map(({ action }) => action.kind);
const statementOf = ({ steps }: Plan, kind: string) =>
  steps.find(({ action }) => action.kind === kind)?.statement ?? "";

describe("two primaries", () => {
  test("the old one is quiet, saved, made secondary, resumed, and both roles are read back", () => {
    const plan = planOf();
    expect(kindsOf(plan)).toEqual([
      "waitForNoWriters",
      "saveCopy",
      "saveCopy",
      "demote",
      "resumeData",
      "verifyRoles",
    ]);
    expect([plan.from, plan.to, plan.move]).toEqual(["box", "instance", "demote"]);
    expect(statementOf(plan, "saveCopy")).toContain(
      "EXEC (N'BACKUP LOG [Adatum] TO DISK = N''C:\\backup\\Adatum-1-20261121T100000Z-1.bak'' WITH CHECKSUM;');",
    );
    expect(statementOf(plan, "demote")).toContain("SET (ROLE = SECONDARY);");
    expect(parsePlan(JSON.parse(JSON.stringify(plan)))).toEqual(plan);
  });

  test("what is discarded and where it is saved is part of the plan", () => {
    expect(planOf().loss?.[0]).toBe(
      `What only ${names.box} holds is discarded on ${names.box}. It is saved before, in C:\\backup\\Adatum-1-20261121T100000Z-1.bak and, where the log moves meanwhile, C:\\backup\\Adatum-1-20261121T100000Z-2.bak, and is then nowhere else. Keep every log backup of ${names.box} since the forced failover: they restore it only together.`,
    );
  });

  test("nothing is sent anywhere unless both still say PRIMARY", () => {
    const { steps } = planOf();
    for (const { action, rolesBefore } of steps.slice(0, 4)) {
      expect(rolesBefore, action.kind).toEqual({ box: "PRIMARY", instance: "PRIMARY" });
    }
  });

  test("no statement ever closes the database or writes over a backup", () => {
    const text = JSON.stringify([planOf(), planOf(mirrored)]);
    expect(text).toContain("BACKUP");
    expect(text).not.toMatch(/NORECOVERY|\bINIT\b|FORMAT|REPLACE/);
  });

  const mirrored: Partial<RepairInput> = {
    choices: {
      ...choices,
      survivor: "box",
      saveTo: {
        box: null,
        instance: { folder: "https://store.blob.core.windows.net/backup/", stamp: "S" },
      },
    },
  };

  test("on the instance a copy goes to a URL, and it is made secondary there", () => {
    const plan = planOf(mirrored);
    expect([plan.from, plan.to]).toEqual(["instance", "box"]);
    expect(statementOf(plan, "saveCopy")).toContain(
      "BACKUP DATABASE [Adatum] TO URL = N''https://store.blob.core.windows.net/backup/Adatum-1-S-1.bak'' WITH COPY_ONLY, CHECKSUM, COMPRESSION, MAXTRANSFERSIZE = 4194304, BLOCKSIZE = 65536;",
    );
    const demote = plan.steps.find(({ action }) => action.kind === "demote");
    expect(demote?.runsOn).toBe("instance");
  });

  test("a moved log is accepted by the statement only where it was typed that nobody can write", () => {
    const typed = planOf({ choices: { ...choices, writersStopped: "Firewall closed" } });
    expect(statementOf(planOf(), "demote")).not.toContain("N'not covered')");
    expect(statementOf(typed, "demote")).toContain("N'not covered')");
    expect(typed.reason).toBe("Firewall closed");
  });

  test.each<[string, Partial<RepairInput>, RegExp]>([
    ["seen once", { earlier: undefined }, /both say PRIMARY, seen once/],
    ["seen twice in the same moment", { earlier: broken("splitBrain", 9) }, /seen once/],
    ["not there any more", broken("healthy", 10), /neither a split brain nor/],
    [
      "without a place to save to",
      { choices: { ...choices, saveTo: { box: null, instance: null } } },
      /No place was named/,
    ],
    [
      "with a file that is there already",
      {
        copies: {
          ...repairInput().copies,
          box: {
            kind: "seen",
            copies: [
              copy({
                backups: [backupSet({ path: "C:\\backup\\Adatum-1-20261121T100000Z-2.bak" })],
              }),
            ],
          },
        },
      },
      /has a backup in C:\\backup\\Adatum-1-20261121T100000Z-2\.bak already/,
    ],
    [
      "with a survivor that cannot be written",
      {
        ...broken("splitBrain", 10, "READ_ONLY"),
      },
      /is ONLINE, READ_ONLY: it cannot be the only primary/,
    ],
    [
      "by Azure, with nothing typed of the writers",
      {
        choices: {
          ...choices,
          survivor: "box",
          demoteBy: "arm",
          saveTo: { box: null, instance: { folder: "https://x/y", stamp: "S" } },
        },
      },
      /Azure takes minutes/,
    ],
    [
      "by Azure, with nobody signed in",
      {
        choices: {
          ...choices,
          survivor: "box",
          demoteBy: "arm",
          saveTo: { box: null, instance: { folder: "https://x/y", stamp: "S" } },
          writersStopped: "The firewall is shut.",
        },
      },
      /^Nobody is signed in to Azure\./,
    ],
    [
      "with a folder for an instance",
      {
        choices: {
          ...choices,
          survivor: "box",
          saveTo: { box: null, instance: { folder: "D:\\x", stamp: "S" } },
        },
      },
      /URLs alone/,
    ],
    [
      "with a copy that cannot be read",
      {
        copies: {
          ...repairInput().copies,
          box: {
            kind: "unseen",
            problem: { code: "x", class: "block", summary: "No SELECT on msdb.", remedy: "" },
          },
        },
      },
      /No SELECT on msdb/,
    ],
  ])("%s nothing is planned", (_what, changes, because) => {
    expect(blocksOf(changes)).toContainEqual(expect.stringMatching(because));
  });

  test("without a position the whole copy is taken, and the warning is part of what is approved", () => {
    const unknown = copy({ lastCommitLsn: null, logEndLsn: null });
    const plan = planOf({
      copies: { ...repairInput().copies, box: { kind: "seen", copies: [unknown] } },
    });
    expect(statementOf(plan, "saveCopy")).toContain("WITH COPY_ONLY, CHECKSUM");
    expect(plan.acceptedWarnings).toContainEqual({ check: "saving", where: "box" });
  });
});

describe("the other ending", () => {
  const alone: RepairInput["choices"] = {
    ...choices,
    ending: "alone",
    saveTo: { box: null, instance: null },
  };

  test("the link is removed while both are primary, and nothing is saved or discarded", () => {
    const plan = planOf(endingAlone);
    expect(kindsOf(plan)).toEqual(["removeLink", "dropDistributedGroup", "verifyRemoved"]);
    expect(plan.steps[0]?.rolesBefore).toEqual({ box: "PRIMARY", instance: "PRIMARY" });
    expect([plan.keepLink, plan.move, plan.loss?.[0]]).toEqual([
      false,
      "none",
      expect.stringContaining("Nothing is discarded"),
    ]);
  });

  test("without Azure nothing is planned", () => {
    expect(blocksOf({ choices: alone })).toContainEqual(
      expect.stringMatching(/is removed by Azure\. Nobody is signed in to Azure\./),
    );
  });

  test("by an account that may not delete the link nothing is planned", () => {
    const { azure } = endingAlone.estate ?? {};
    if (azure?.kind !== "seen") throw new Error("Azure is read.");
    const linkRights = azure.linkRights.map((rights) => ({ ...rights, delete: false }));
    const estate = { ...repairInput(endingAlone).estate, azure: { ...azure, linkRights } };
    expect(blocksOf({ ...endingAlone, estate })).toContainEqual(
      expect.stringContaining("may not delete the link"),
    );
  });

  test("a link without a primary is not removed", () => {
    const without = { ...broken("noPrimary", 10), earlier: broken("noPrimary", 4) };
    expect(blocksOf({ ...without, choices: alone })).toContainEqual(
      expect.stringContaining("neither copy can be written"),
    );
  });
});

describe("no primary", () => {
  const without: Partial<RepairInput> = {
    ...broken("noPrimary", 10),
    earlier: broken("noPrimary", 4),
    choices: {
      ...choices,
      saveTo: {
        ...choices.saveTo,
        instance: { folder: "https://store.blob.core.windows.net/backup", stamp: "S" },
      },
    },
  };

  test("both sides are saved, one is forced, and the other one follows it", () => {
    const plan = planOf(without);
    expect(kindsOf(plan)).toEqual(["saveCopy", "saveCopy", "force", "resumeData", "verifyRoles"]);
    expect([plan.move, plan.to]).toEqual(["force", "instance"]);
    expect(plan.steps.slice(0, 2).map(({ onFailure }) => onFailure)).toEqual([
      "stopRun",
      "stopRun",
    ]);
  });

  test("nothing is forced when a side has become primary meanwhile", () => {
    const force = planOf(without).steps.find(({ action }) => action.kind === "force");
    expect(force?.rolesBefore).toEqual({ box: "SECONDARY", instance: "SECONDARY" });
  });

  test("a side that has no place is not saved, said as a warning", () => {
    const plan = planOf({ ...without, choices });
    expect(kindsOf(plan).filter((kind) => kind === "saveCopy")).toHaveLength(1);
    expect(plan.acceptedWarnings).toContainEqual({ check: "saving", where: "instance" });
  });
});
