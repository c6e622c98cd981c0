// One link as Azure tells of it: its resource, and what the account that is signed in may do with it.
import type { ArmLink, AzureFact, LinkRights } from "./azure-fact.ts";
import type { Estate } from "./estate.ts";

/** An estate that was read without Azure says so. */
export function azureOf({ azure }: Estate): AzureFact {
  return azure ?? { kind: "notAsked" };
}

export function armLinkOf(azure: AzureFact, linkName: string): ArmLink | undefined {
  if (azure.kind !== "seen") return undefined;
  return azure.links.find(({ name }) => isSame(name, linkName));
}

/** Undefined where they were not read. */
export function linkRightsOf(azure: AzureFact, linkName: string): LinkRights | undefined {
  if (azure.kind !== "seen") return undefined;
  return azure.linkRights?.find((rights) => isSame(rights.linkName, linkName));
}

/** Azure and SQL Server compare these names without case. */
function isSame(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
