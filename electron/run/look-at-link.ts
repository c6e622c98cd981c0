// Reads both ends of a link at once, with a short patience: a side that does not answer is shown as that and holds nobody up.
import { AppError } from "../../shared/errors/app-error.ts";
import type { BoxLeftovers } from "../../shared/clean-up/seen.ts";
import type { Fact, Side } from "../../shared/estate/estate.ts";
import type { Plan, PlannedLink } from "../../shared/plan/plan.ts";
import type { SideSource } from "../estate/read.ts";
import { readBoxLeftovers } from "../estate/read-leftovers.ts";
import { readLinkEnd } from "../estate/read-link-end.ts";
import type { Clock } from "./clock.ts";
import type { SqlSession } from "../sql/session.ts";
import type { AzureLink, InstanceInAzure } from "./azure-link.ts";
import type { AzureLook, EndLook, LinkLook } from "./link-look.ts";
import { withinTime } from "./pacing.ts";

const patienceMs = 3_000;

/** Rejects only when `signal` aborts, with its reason. */
export async function lookAtLink(
  sources: Readonly<Record<Side, SideSource>>,
  link: Pick<PlannedLink, "name" | "databases">,
  clock: Clock,
  signal?: AbortSignal,
): Promise<LinkLook> {
  const [box, instance] = await Promise.all([
    lookAtEnd(sources.box, link, clock, signal),
    lookAtEnd(sources.instance, link, clock, signal),
  ]);
  return { atMs: clock.nowMs(), box, instance };
}

/** What a run of this plan looks at: a clean-up also at what is left on SQL Server. Never rejects. */
export async function lookForPlan(
  plan: Plan,
  sources: Readonly<Record<Side, SideSource>>,
  clock: Clock,
): Promise<LinkLook> {
  const { box } = sources;
  const [look, leftovers] = await Promise.all([
    lookAtLink(sources, { name: plan.link.name, databases: databasesOf(plan) }, clock),
    plan.kind === "cleanUp" && !("unreachable" in box) ? leftoversOn(box, clock) : undefined,
  ]);
  return { ...look, ...(leftovers === undefined ? {} : { leftovers }) };
}

/** Those of the link, and one that is restored. */
function databasesOf({ link, steps }: Plan): readonly string[] {
  const restored = steps.flatMap(({ action }) =>
    action.kind === "restoreCopy" ? [action.as] : [],
  );
  return [...new Set([...link.databases, ...restored])];
}

async function leftoversOn(box: SqlSession, clock: Clock): Promise<Fact<BoxLeftovers>> {
  try {
    const read = await withinTime(clock, patienceMs, undefined, (within) =>
      readBoxLeftovers(box, within),
    );
    return read === "timeOver" ? { kind: "failed", problem: noAnswerYet(box.address) } : read;
  } catch (error) {
    if (error instanceof AppError) return { kind: "failed", problem: error.problem };
    throw error;
  }
}

/** The same with the instance in Azure, for a plan that changes that; the link is none of its business. Never rejects. */
async function lookWithInstance(
  look: () => Promise<LinkLook>,
  azure: AzureLink | undefined,
): Promise<LinkLook> {
  const [ends, instanceInAzure] = await Promise.all([look(), instanceOf(azure)]);
  return { ...ends, instanceInAzure };
}

async function instanceOf(azure: AzureLink | undefined): Promise<Fact<InstanceInAzure>> {
  if (azure === undefined) return { kind: "failed", problem: notSignedIn };
  try {
    return { kind: "seen", value: await azure.readInstance() };
  } catch (error) {
    if (error instanceof AppError) return { kind: "failed", problem: error.problem };
    throw error;
  }
}

/** Both ends and, of Azure, what this plan is about. Never rejects. */
export function lookWithAzureFor(
  plan: Plan,
  look: () => Promise<LinkLook>,
  azure: AzureLink | undefined,
): Promise<LinkLook> {
  const isOfInstance = plan.kind === "cleanUp" || plan.kind === "hybridBenefit";
  return isOfInstance ? lookWithInstance(look, azure) : lookWithAzure(look, azure);
}

/** The same with the link's resource in Azure. Never rejects. */
export async function lookWithAzure(
  look: () => Promise<LinkLook>,
  azure: AzureLink | undefined,
): Promise<LinkLook> {
  const [ends, resource] = await Promise.all([look(), lookAtAzure(azure)]);
  return { ...ends, azure: resource };
}

async function lookAtAzure(azure: AzureLink | undefined): Promise<AzureLook> {
  if (azure === undefined) return { kind: "unseen", problem: notSignedIn };
  try {
    return { kind: "seen", link: await azure.read() };
  } catch (error) {
    if (error instanceof AppError) return { kind: "unseen", problem: error.problem };
    throw error;
  }
}

export const notSignedIn = {
  code: "notSignedIn",
  class: "block",
  summary: "Nobody is signed in to Azure any more. Nothing was sent.",
  remedy: "Sign in to Azure and start a new run.",
} as const;

async function lookAtEnd(
  source: SideSource,
  link: Pick<PlannedLink, "name" | "databases">,
  clock: Clock,
  signal: AbortSignal | undefined,
): Promise<EndLook> {
  const { address } = source;
  if ("unreachable" in source) return { kind: "unseen", address, problem: source.unreachable };
  try {
    const facts = await withinTime(clock, patienceMs, signal, (within) =>
      readLinkEnd(source, link.name, link.databases, within),
    );
    return facts === "timeOver"
      ? { kind: "unseen", address, problem: noAnswerYet(address) }
      : { kind: "seen", address, facts };
  } catch (error) {
    if (error instanceof AppError) return { kind: "unseen", address, problem: error.problem };
    throw error;
  }
}

function noAnswerYet(address: string) {
  return {
    code: "noAnswerYet",
    class: "wait",
    summary: `${address} has not answered for ${String(patienceMs / 1000)} s.`,
    remedy: "It is asked again.",
  } as const;
}
