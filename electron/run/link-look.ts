// One look at both ends of a link while a run goes on: what the runner decides by, and its words.
import { assertNever } from "../../shared/assert-never.ts";
import type { ArmLink } from "../../shared/estate/azure-fact.ts";
import type { Problem } from "../../shared/errors/app-error.ts";
import type { BoxLeftovers } from "../../shared/clean-up/seen.ts";
import type { Fact, Role, Side } from "../../shared/estate/estate.ts";
import type { LinkEndFacts, LinkRole } from "../../shared/estate/link-end-facts.ts";
import type { AzureReadBack, Seen, SideReadBack } from "../../shared/run/events.ts";
import { visibleText } from "../../shared/visible-text.ts";
import type { InstanceInAzure } from "./azure-link.ts";

/** One side. `unseen`: it did not answer in time or refused; that is never a state. */
export type EndLook =
  | { readonly kind: "unseen"; readonly address: string; readonly problem: Problem }
  | { readonly kind: "seen"; readonly address: string; readonly facts: LinkEndFacts };

export interface LinkLook {
  /** This tool's clock when both answers were in, ms since 1970. */
  readonly atMs: number;
  readonly box: EndLook;
  readonly instance: EndLook;
  /** Only where Azure was asked. */
  readonly azure?: AzureLook;
  /** Only for a plan that removes what a link left behind. */
  readonly leftovers?: Fact<BoxLeftovers>;
  /** Only for a plan that changes the instance in Azure, where Azure was asked. */
  readonly instanceInAzure?: Fact<InstanceInAzure>;
}

/** The link's resource. `link` null: Azure knows no such link (404). */
export type AzureLook =
  | { readonly kind: "unseen"; readonly problem: Problem }
  | { readonly kind: "seen"; readonly link: ArmLink | null };

/** SQL Server first, everywhere. */
export const sides: readonly Side[] = ["box", "instance"];

/** The role a side was seen in, or undefined. */
export function roleSeen(end: EndLook): Role | undefined {
  return end.kind === "seen" && end.facts.role.kind === "seen" ? end.facts.role.role : undefined;
}

/** What each side said, one sentence per side. */
export function seenWords(look: LinkLook): readonly Seen[] {
  const ends = sides.map((side) => ({ where: side, what: visibleText(endWords(look[side])) }));
  const { azure } = look;
  return azure === undefined
    ? ends
    : [...ends, { where: "azure", what: visibleText(azureWords(azure)) }];
}

function azureWords(azure: AzureLook): string {
  if (azure.kind === "unseen") return `Azure does not tell: ${azure.problem.summary}`;
  if (azure.link === null) return "Azure does not know the link (404)";
  const { replicationMode, instanceLinkRole } = azure.link;
  return `Azure shows the link, ${replicationMode ?? "mode unknown"}, instance ${instanceLinkRole ?? "role unknown"}`;
}

/** The look as the journal's readBack keeps it. */
export function readBackOf(look: LinkLook): Readonly<Record<Side, SideReadBack>> {
  return { box: endReadBack(look.box), instance: endReadBack(look.instance) };
}

/** What Azure said in the look, for the same event; nothing where it was not asked. */
export function azureReadBackOf({ azure }: LinkLook): { readonly azure?: AzureReadBack } {
  if (azure === undefined) return {};
  if (azure.kind === "unseen") {
    return { azure: { kind: "unreadable", because: azure.problem.summary } };
  }
  const { link } = azure;
  return {
    azure:
      link === null ? { kind: "gone" } : { kind: "seen", replicationMode: link.replicationMode },
  };
}

export function roleWords(role: LinkRole): string {
  switch (role.kind) {
    case "seen":
      return role.role;
    case "notAllowed":
      return `in a role that this login may not see (${role.permission})`;
    case "absent":
      return "without the link";
    case "notLocalPrimary":
      return `not the primary node of its availability group (that is ${role.primaryReplica ?? "not told"})`;
    case "noRow":
      return "without a role";
    default:
      return assertNever(role);
  }
}

function endWords(end: EndLook): string {
  if (end.kind === "unseen") return `${end.address} does not tell: ${end.problem.summary}`;
  const { server, role, synchronizationHealth, databases } = end.facts;
  const health = role.kind === "seen" ? [synchronizationHealth ?? "health unknown"] : [];
  const rows = databases.map(
    (one) =>
      `${one.name} ${one.updateability ?? "updateability unknown"}, ${one.synchronizationState ?? "state unknown"}`,
  );
  return [`${server.serverName} is ${roleWords(role)}`, ...health, ...rows].join("; ");
}

function endReadBack(end: EndLook): SideReadBack {
  if (end.kind === "unseen") return { kind: "unreadable", because: end.problem.summary };
  const { server, role, synchronizationHealth, groupNames, commitModes } = end.facts;
  const { serverName, serverTime } = server;
  if (role.kind === "notAllowed") {
    return { kind: "unreadable", because: `${serverName} is ${roleWords(role)}.` };
  }
  const databases = end.facts.databases.map((one) => ({
    name: one.name,
    state: one.state,
    updateability: one.updateability,
    synchronizationState: one.synchronizationState,
  }));
  if (role.kind === "absent") {
    return { kind: "withoutLink", serverName, serverTime, databases, groupNames };
  }
  return {
    kind: "seen",
    serverName,
    serverTime,
    role: roleSeen(end) ?? null,
    synchronizationHealth,
    databases,
    ...(Object.keys(commitModes).length === 0 ? {} : { commitModes }),
  };
}
