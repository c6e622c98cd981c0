// Reads both sides and what a link left behind, runs the checks of a clean-up and builds its plan.
import type { CleanUpChoices } from "../../shared/choices/choices.ts";
import type { Finding } from "../../shared/checks/finding.ts";
import { buildCleanUp, checkCleanUp, notRead } from "../../shared/clean-up/build.ts";
import { chosenKeys } from "../../shared/clean-up/choose.ts";
import type { Leftover } from "../../shared/clean-up/leftovers.ts";
import { leftoversOf } from "../../shared/clean-up/leftovers.ts";
import type { SeenLeftovers } from "../../shared/clean-up/seen.ts";
import { AppError } from "../../shared/errors/app-error.ts";
import type { Estate } from "../../shared/estate/estate.ts";
import type { Link } from "../../shared/estate/link.ts";
import { azureOf } from "../../shared/estate/link-in-azure.ts";
import type { Environment } from "../../shared/plan/plan.ts";
import type { LinkOperations } from "../azure/link-operations.ts";
import { readEstate } from "../estate/read.ts";
import type { EstateSources } from "../estate/read.ts";
import { readLeftovers } from "../estate/read-leftovers.ts";
import type { Clock } from "./clock.ts";
import type { Planning } from "./make-plan.ts";
import { planHash } from "./plan-hash.ts";

export interface CleanUpRequest {
  readonly linkName: string;
  /** As typed: `certificates`, `endpoint`, `certificate:NAME`. */
  readonly remove: readonly string[];
  readonly environment: Environment;
}

export interface FoundLeftovers {
  readonly estate: Estate;
  readonly seen: SeenLeftovers;
  readonly leftovers: readonly Leftover[];
  /** What could not be read; of that nothing is listed. */
  readonly unread: readonly Finding[];
}

export type CleanUpPlanning = FoundLeftovers & {
  readonly link: Link;
  readonly choices: CleanUpChoices;
  readonly findings: readonly Finding[];
  readonly approved: Planning["approved"];
};

/** `operations` absent: Azure is not asked. Rejects for nothing but a defect. */
export async function findLeftovers(
  sources: EstateSources,
  clock: Clock,
  operations: (() => Promise<LinkOperations>) | undefined,
): Promise<FoundLeftovers> {
  const estate = await readEstate(sources, clock);
  const seen = await readLeftovers({
    box: sources.box,
    instance: sources.instance,
    ...(operations === undefined
      ? {}
      : { trustCertificates: () => trustCertificates(estate, operations) }),
  });
  const leftovers = leftoversOf(estate, seen);
  return { estate, seen, leftovers, unread: notRead({ estate, seen }) };
}

async function trustCertificates(
  estate: Estate,
  operations: () => Promise<LinkOperations>,
): Promise<readonly string[]> {
  const azure = azureOf(estate);
  if (azure.kind === "failed") throw new AppError(azure.problem);
  if (azure.kind === "notAsked") throw new AppError(notFound);
  return (await operations()).readTrustCertificates(azure.instance.resourceId);
}

const notFound = {
  code: "instanceNotInAzure",
  class: "block",
  summary: "The managed instance was not read, so it was not looked for in Azure.",
  remedy: "Make it reachable, and read again.",
} as const;

export async function planCleanUp(
  sources: EstateSources,
  request: CleanUpRequest,
  clock: Clock,
  operations: (() => Promise<LinkOperations>) | undefined,
): Promise<CleanUpPlanning> {
  const found = await findLeftovers(sources, clock, operations);
  const { linkName, environment } = request;
  const remove = chosenKeys(request.remove, found.leftovers);
  const choices: CleanUpChoices = { kind: "cleanUp", linkName, remove };
  const input = { ...found, choices, environment };
  const link = gone(linkName);
  const findings = checkCleanUp(input);
  const answer = buildCleanUp({ ...input, findings });
  if (answer.kind === "refused") {
    const added = answer.findings.filter((finding) => !findings.includes(finding));
    return { ...found, link, choices, findings: [...findings, ...added], approved: undefined };
  }
  const { plan } = answer;
  return { ...found, link, choices, findings, approved: { plan, hash: planHash(plan) } };
}

/** No side shows it any more, or one shows what is left of it. */
function gone(name: string): Link {
  const absent = { kind: "absent" } as const;
  return { name, databases: [], box: absent, instance: absent };
}
