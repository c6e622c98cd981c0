// What is left of a link that is gone, as both sides and Azure tell it, and the plans that are made of it.
import { buildCleanUp, checkCleanUp } from "../../../shared/clean-up/build.ts";
import type { CleanUpInput } from "../../../shared/clean-up/build.ts";
import { leftoversOf } from "../../../shared/clean-up/leftovers.ts";
import type { BoxLeftovers, SeenLeftovers } from "../../../shared/clean-up/seen.ts";
import type { HybridBenefitChoices } from "../../../shared/choices/choices.ts";
import type { AvailabilityGroup, Estate, Side } from "../../../shared/estate/estate.ts";
import { findLinks } from "../../../shared/estate/find-links.ts";
import type { HybridInput } from "../../../shared/hybrid/build.ts";
import { buildHybrid, checkHybrid } from "../../../shared/hybrid/build.ts";
import type { PlanAnswer } from "../../../shared/plan/build.ts";
import type { Plan } from "../../../shared/plan/plan.ts";
import { adatumInAzure, linkedEstate } from "../../scenarios/linked-estate.ts";
import type { LinkShape } from "../../scenarios/linked-estate.ts";

export const own = "Cert_SQLBOX01_endpoint";
export const partner = adatumInAzure.instance.serverName;

export const boxLeftovers: BoxLeftovers = {
  endpoints: ["database_mirroring_endpoint"],
  certificates: [
    { name: own, use: "endpoint" },
    { name: "DigiCertPKI", use: "authority" },
    { name: partner, use: "partner" },
  ],
  certificateNames: [own, "DigiCertPKI", partner],
  certificateUses: [],
  mirroredDatabases: 0,
  traceFlags: [
    { flag: 1800, isOn: true, isStartup: true },
    { flag: 9567, isOn: true, isStartup: true },
    { flag: 12381, isOn: true, isStartup: false },
  ],
};

export function seenWith(more: Partial<BoxLeftovers> = {}): SeenLeftovers {
  return {
    box: { kind: "seen", value: { ...boxLeftovers, ...more } },
    boxJobs: { kind: "seen", value: ["TestMILinkConnection"] },
    instanceJobs: { kind: "seen", value: [] },
    trustCertificates: { kind: "seen", value: [own] },
  };
}

/** The link is gone in Azure and on the instance; `onBox`: SQL Server has kept its half. */
export function goneEstate(onBox: "gone" | "kept" = "gone"): Estate {
  const estate = linkedEstate(adatumInAzure);
  const { azure } = estate;
  if (azure?.kind !== "seen") throw new Error("Azure is read.");
  return {
    box:
      onBox === "kept" ? withGroups(estate, "box", disconnected) : withGroups(estate, "box", local),
    instance: withGroups(estate, "instance", () => []),
    azure: { ...azure, links: [], linkRights: [] },
  };
}

const local = (groups: readonly AvailabilityGroup[]) =>
  groups.filter(({ isDistributed }) => !isDistributed);

const disconnected = (groups: readonly AvailabilityGroup[]): readonly AvailabilityGroup[] =>
  groups.map((group) => ({
    ...group,
    replicas: group.replicas.map((one) =>
      one.isLocal === true ? one : { ...one, connectedState: "DISCONNECTED" as const },
    ),
  }));

/** One side with other groups. */
export function withGroups(
  estate: Estate,
  side: Side,
  change: (groups: readonly AvailabilityGroup[]) => readonly AvailabilityGroup[],
): Estate["box"] {
  const reading = estate[side];
  if (reading.kind !== "seen" || reading.facts.groups.kind !== "seen") {
    throw new Error("Both sides are read.");
  }
  const groups = { kind: "seen", value: change(reading.facts.groups.value) } as const;
  return { ...reading, facts: { ...reading.facts, groups } };
}

export function cleanUpInput(
  remove: readonly string[],
  more: Partial<Omit<CleanUpInput, "choices">> = {},
): CleanUpInput {
  return {
    estate: goneEstate(),
    seen: seenWith(),
    environment: "production",
    ...more,
    choices: { kind: "cleanUp", linkName: adatumInAzure.link, remove },
  };
}

/** Every key there is that a step can remove. */
export function removable(estate: Estate = goneEstate(), seen = seenWith()): readonly string[] {
  return leftoversOf(estate, seen).flatMap(({ key, isListedOnly }) => (isListedOnly ? [] : [key]));
}

export function cleanUpOf(input: CleanUpInput) {
  const findings = checkCleanUp(input);
  return { findings, plan: planIn(buildCleanUp({ ...input, findings })) };
}

export function hybridInput(
  usage: HybridBenefitChoices["usage"],
  shape: LinkShape = adatumInAzure,
  told: "Active" | "Passive" = usage === "Passive" ? "Active" : "Passive",
): HybridInput {
  const estate = linkedEstate(shape);
  const { azure } = estate;
  const [link] = findLinks(estate).links;
  if (azure?.kind !== "seen" || link === undefined) throw new Error("All of it is read.");
  const instance = { ...azure.instance, hybridSecondaryUsage: told };
  return {
    estate: { ...estate, azure: { ...azure, instance } },
    link,
    environment: "production",
    choices: { kind: "hybridBenefit", linkName: link.name, usage, isPassiveConfirmed: true },
  };
}

export function hybridOf(input: HybridInput) {
  const findings = checkHybrid(input);
  return { findings, plan: planIn(buildHybrid({ ...input, findings })) };
}

function planIn(answer: PlanAnswer): Plan {
  if (answer.kind === "refused") throw new Error(JSON.stringify(answer.findings, null, 2));
  return answer.plan;
}
