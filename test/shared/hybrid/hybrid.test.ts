// When the hybrid failover benefit may be changed.
import { describe, expect, test } from "vitest";
import { checkHybrid, passiveConfirmation } from "../../../shared/hybrid/build.ts";
import type { HybridInput } from "../../../shared/hybrid/build.ts";
import { adatumInAzure } from "../../scenarios/linked-estate.ts";
import { hybridInput, hybridOf } from "../clean-up/left-behind.ts";

const passive = hybridInput("Passive");
const onInstance = { ...adatumInAzure, primary: "instance" } as const;

function withInstance(input: HybridInput, more: object): HybridInput {
  const { azure } = input.estate;
  if (azure?.kind !== "seen") throw new Error("Azure is read.");
  return {
    ...input,
    estate: { ...input.estate, azure: { ...azure, instance: { ...azure.instance, ...more } } },
  };
}

const blocking = (input: HybridInput) =>
  checkHybrid(input).flatMap(({ blocks, summary }) => (blocks ? [summary] : []));

describe("the plan", () => {
  test("is one PATCH, which the other usage takes back, with the confirmation in it", () => {
    const { plan } = hybridOf(passive);
    expect(plan).toMatchObject({
      kind: "hybridBenefit",
      move: "none",
      reason: passiveConfirmation,
    });
    expect(plan.steps).toMatchObject([
      {
        rolesBefore: { box: "PRIMARY", instance: "SECONDARY" },
        request: { method: "PATCH", body: { properties: { hybridSecondaryUsage: "Passive" } } },
        undo: { kind: "undoable" },
      },
    ]);
  });

  test("is Active without a confirmation, on a primary too", () => {
    const input = hybridInput("Active", onInstance);
    const { plan } = hybridOf({
      ...input,
      choices: { ...input.choices, isPassiveConfirmed: false },
    });
    expect(plan).toMatchObject({ reason: null });
    expect(plan.steps[0]?.rolesBefore).toEqual({ box: "SECONDARY", instance: "PRIMARY" });
  });
});

test.each<readonly [string, HybridInput, string]>([
  [
    "unconfirmed",
    { ...passive, choices: { ...passive.choices, isPassiveConfirmed: false } },
    "That the replica is passive was not confirmed.",
  ],
  [
    "on a primary",
    hybridInput("Passive", onInstance),
    "sqlmi1.0123456789ab.database.windows.net is PRIMARY, so it is not passive.",
  ],
  [
    "while Updating",
    withInstance(passive, { state: "Updating" }),
    "sqlmi1 is Updating, and is changed only while it is Ready.",
  ],
  [
    "where it is so already",
    hybridInput("Passive", adatumInAzure, "Passive"),
    "sqlmi1 is Passive already. There is nothing to do.",
  ],
  [
    "where Azure does not tell",
    withInstance(passive, { hybridSecondaryUsage: null }),
    "Azure does not tell the hybridSecondaryUsage of sqlmi1.",
  ],
  [
    "without Azure",
    { ...passive, estate: { box: passive.estate.box, instance: passive.estate.instance } },
    "Nobody is signed in to Azure.",
  ],
  [
    "for a link of one side",
    { ...passive, link: { ...passive.link, box: { kind: "absent" } } },
    "The link DAG_AdatumBooks is not seen on both servers in a role.",
  ],
])("%s it is refused", (_, input, summary) => {
  expect(blocking(input)).toEqual([summary]);
});

const withRight = (write: boolean | null): HybridInput => {
  const { azure } = passive.estate;
  if (azure?.kind !== "seen") throw new Error("Azure is read.");
  const instanceRights = { ...azure.instanceRights, write };
  return { ...passive, estate: { ...passive.estate, azure: { ...azure, instanceRights } } };
};

test("without the right in Azure it is refused, with the right named; one that was not read is told, and no more", () => {
  const action = "Microsoft.Sql/managedInstances/write";
  expect(blocking(withRight(false))).toEqual([
    `The account that is signed in to Azure has no ${action} on the instance sqlmi1.`,
  ]);
  expect(blocking(withRight(null))).toEqual([]);
  expect(checkHybrid(withRight(null))).toContainEqual(
    expect.objectContaining({
      level: "unknown",
      summary: `Whether the account that is signed in to Azure has ${action} on the instance sqlmi1 was not read.`,
    }),
  );
});

test("a use that Azure itself detects is a warning, and no more", () => {
  const input = withInstance(passive, { hybridSecondaryUsageDetected: "Active" });
  expect(blocking(input)).toEqual([]);
  expect(checkHybrid(input)).toContainEqual(expect.objectContaining({ level: "warning" }));
});
