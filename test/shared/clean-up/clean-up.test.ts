// What is left of a link, what still uses it, and when it may be removed.
import { describe, expect, test } from "vitest";
import { buildCleanUp, checkCleanUp } from "../../../shared/clean-up/build.ts";
import { chosenKeys } from "../../../shared/clean-up/choose.ts";
import { leftoversOf, stillUsedBy } from "../../../shared/clean-up/leftovers.ts";
import type { Leftover } from "../../../shared/clean-up/leftovers.ts";
import type { Estate } from "../../../shared/estate/estate.ts";
import { parsePlan } from "../../../shared/plan/parse.ts";
import { adatum, adatumInAzure, linkedEstate } from "../../scenarios/linked-estate.ts";
import {
  cleanUpInput,
  cleanUpOf,
  goneEstate,
  own,
  partner,
  removable,
  seenWith,
  withGroups,
} from "./left-behind.ts";

const usesOf = (all: readonly Leftover[], key: string): readonly string[] => {
  const found = all.find((one) => one.key === key);
  if (found === undefined) throw new Error(`There is no ${key}.`);
  return stillUsedBy(found, new Set());
};

describe("while the link lives", () => {
  const estate = linkedEstate(adatumInAzure);
  const all = leftoversOf(estate, seenWith());

  test("everything but what retains log is used, and says by what", () => {
    expect(usesOf(all, `distributed-group:${adatum.link}`)).toEqual([
      `the link ${adatum.link}, which ${partner} still shows`,
      `the link ${adatum.link}, which Azure still shows`,
      expect.stringContaining("which is still connected"),
    ]);
    expect(usesOf(all, `group:${adatum.boxGroup}`)).toEqual([`the link ${adatum.link}`]);
    expect(usesOf(all, "endpoint:database_mirroring_endpoint")).toEqual(
      expect.arrayContaining([
        `the link ${adatum.link}`,
        `the availability group ${adatum.boxGroup}`,
      ]),
    );
    expect(usesOf(all, `trust-certificate:${own}`)).toEqual([`the link ${adatum.link} in Azure`]);
    expect(usesOf(all, "trace-flag:1800")).toContain(`the link ${adatum.link}`);
    expect(usesOf(all, "trace-flag:12381")).toEqual([]);
  });

  test.each(removable(estate))("%s alone is refused", (key) => {
    const input = cleanUpInput([key], { estate });
    const findings = checkCleanUp(input);
    expect(findings.some(({ blocks }) => blocks)).toBe(true);
    expect(buildCleanUp({ ...input, findings }).kind).toBe("refused");
  });

  test("even all of it together is refused: a living link is not cleaned up", () => {
    const input = cleanUpInput(removable(estate), { estate });
    expect(checkCleanUp(input)).toContainEqual(
      expect.objectContaining({
        blocks: true,
        summary: `${partner} still shows the link ${adatum.link}.`,
      }),
    );
  });
});

describe("of a link that is gone", () => {
  test("nothing is chosen by itself", () => {
    expect(checkCleanUp(cleanUpInput([]))).toContainEqual(
      expect.objectContaining({ blocks: true, summary: "Nothing is chosen." }),
    );
  });

  test("each thing goes with what uses it, and not without", () => {
    const used = [
      ["endpoint:database_mirroring_endpoint", `group:${adatum.boxGroup}`],
      [`certificate:${own}`, "endpoint:database_mirroring_endpoint", `group:${adatum.boxGroup}`],
      ["certificate:DigiCertPKI", `certificate:${partner}`],
      ["trace-flag:1800", `group:${adatum.boxGroup}`],
    ];
    for (const [first = "", ...others] of used) {
      expect(
        checkCleanUp(cleanUpInput([first])).some(({ blocks }) => blocks),
        first,
      ).toBe(true);
      const both = checkCleanUp(cleanUpInput([first, ...others]));
      expect(
        both.filter(({ blocks }) => blocks),
        first,
      ).toEqual([]);
    }
  });

  test("the steps come in the order of their removal, each guarded, whatever the order of the words", () => {
    const { plan } = cleanUpOf(cleanUpInput([...removable()].reverse()));
    expect(plan.steps.map(({ action }) => action.kind)).toEqual([
      "dropGroup",
      "dropEndpoint",
      "dropCertificate",
      "dropCertificate",
      "dropCertificate",
      "removeTrustCertificate",
      "turnOffTraceFlag",
      "turnOffTraceFlag",
      "turnOffTraceFlag",
    ]);
    for (const { rolesBefore, statement, request } of plan.steps) {
      expect(rolesBefore).toMatchObject({ box: "absent" });
      expect(statement === undefined).toBe(request !== undefined);
      if (statement !== undefined) expect(statement).toMatch(/THROW 50002/);
    }
    expect(parsePlan(JSON.parse(JSON.stringify(plan)))).toEqual(plan);
  });

  test("a group of several replicas, or one whose primary is elsewhere, is high availability of its own", () => {
    const estate = goneEstate();
    const box = withGroups(estate, "box", (groups) =>
      groups.map((group) => ({
        ...group,
        replicas: group.replicas.flatMap((one) => [
          { ...one, isLocal: true, role: "SECONDARY" as const },
          { ...one, replicaId: "other", replicaServerName: "SQLBOX02", isLocal: false },
        ]),
      })),
    );
    const all = leftoversOf({ ...estate, box }, seenWith());
    expect(usesOf(all, `group:${adatum.boxGroup}`)).toEqual([
      "its replica SQLBOX02",
      "its primary, which is not SQLBOX01",
    ]);
  });

  test("what may not be seen is never taken for nothing", () => {
    const seen = {
      ...seenWith(),
      box: { kind: "notAllowed", permission: "VIEW ANY DEFINITION" } as const,
    };
    const input = cleanUpInput([`group:${adatum.boxGroup}`], { seen });
    expect(checkCleanUp(input)).toContainEqual(
      expect.objectContaining({
        level: "unknown",
        blocks: true,
        summary: expect.stringContaining("VIEW ANY DEFINITION") as string,
      }),
    );
  });

  test.each([
    [
      { mirroredDatabases: 2 },
      "endpoint:database_mirroring_endpoint",
      "database mirroring of 2 database(s)",
    ],
    [
      { certificateUses: [{ certificate: partner, by: "the login mi" }] },
      `certificate:${partner}`,
      "the login mi",
    ],
  ])("with %j it is still used", (more, key, use) => {
    expect(usesOf(leftoversOf(goneEstate(), seenWith(more)), key)).toContain(use);
  });

  test.each(["box", "instance"] as const)(
    "while %s cannot be read everything is locked, and the words say what that has to do with it",
    (side) => {
      const gone = goneEstate();
      const summary = "It is silent.";
      const problem = { code: "noAnswer", class: "retry", summary, remedy: "" } as const;
      const { address } = gone[side];
      const estate: Estate = {
        ...gone,
        [side]: { kind: "unreachable", side, address, at: "", problem },
      };
      const all = leftoversOf(estate, seenWith());
      expect(all.length).toBeGreaterThan(0);
      for (const one of all) {
        expect(stillUsedBy(one, new Set(removable()))).toContain(
          `a link that ${address} may still show: it could not be read`,
        );
      }
      expect(checkCleanUp(cleanUpInput([`trust-certificate:${own}`], { estate }))).toContainEqual(
        expect.objectContaining({
          blocks: true,
          summary:
            "It is silent. Nothing is removed until both servers can be read: the roles are read again before each drop.",
        }),
      );
    },
  );

  const withRight = (removeTrust: boolean | null) => {
    const estate = goneEstate();
    if (estate.azure?.kind !== "seen") throw new Error("Azure is read.");
    const instanceRights = { write: true, removeTrust };
    return { estate: { ...estate, azure: { ...estate.azure, instanceRights } } };
  };

  test("what is deleted in Azure needs the right to, which is named beforehand, and what is not needs none", () => {
    const trust = [`trust-certificate:${own}`];
    const action = "Microsoft.Sql/managedInstances/serverTrustCertificates/delete";
    const found = checkCleanUp(cleanUpInput(trust, withRight(false)));
    expect(found.filter(({ blocks }) => blocks)).toMatchObject([
      {
        summary: `The account that is signed in to Azure has no ${action} on the instance sqlmi1.`,
        remedy: `Ask for a role with ${action}, or leave it out.`,
      },
    ]);
    const group = cleanUpInput([`group:${adatum.boxGroup}`], withRight(false));
    const unread = cleanUpInput(trust, withRight(null));
    for (const input of [group, unread]) {
      expect(checkCleanUp(input).filter(({ blocks }) => blocks)).toEqual([]);
    }
    expect(checkCleanUp(unread)).toContainEqual(expect.objectContaining({ level: "unknown" }));
  });

  test("a job is listed, and no step removes it", () => {
    expect(checkCleanUp(cleanUpInput(["job:TestMILinkConnection"]))).toContainEqual(
      expect.objectContaining({ blocks: true, remedy: "Leave it out, and remove it by hand." }),
    );
  });
});

test("words name a kind or one thing; what names nothing is said", () => {
  const there = leftoversOf(goneEstate(), seenWith());
  expect(chosenKeys(["trace-flags", "certificates", `certificate:${own}`], there)).toEqual([
    `certificate:${own}`,
    `certificate:${partner}`,
    "certificate:DigiCertPKI",
    "trace-flag:1800",
    "trace-flag:9567",
    "trace-flag:12381",
  ]);
  expect(checkCleanUp(cleanUpInput(["certificate:Other"]))).toContainEqual(
    expect.objectContaining({ blocks: true, summary: "There is no certificate:Other to remove." }),
  );
});
