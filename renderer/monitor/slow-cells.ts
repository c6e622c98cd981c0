// The cells of what changes slowly: log, backups, certificates, Azure. What may not be seen is said so and is never none. Pure.
import type { AzureFact } from "../../shared/estate/azure-fact.ts";
import type { Fact, Side } from "../../shared/estate/estate.ts";
import { armLinkOf } from "../../shared/estate/link-in-azure.ts";
import { visibleText } from "../../shared/visible-text.ts";
import { ageText } from "../ui/age-text.ts";
import type { SidePicture } from "./link-picture.ts";
import type { MirrorCell } from "./mirror-rows.ts";
import type { SlowFacts } from "./slow-facts.ts";
import { grouped } from "./units.ts";

const unknown: MirrorCell = { words: "unknown" };

/** Undefined where it was seen. */
function notSeen(fact: Fact<unknown> | undefined): MirrorCell | undefined {
  if (fact === undefined || fact.kind === "failed") return unknown;
  if (fact.kind === "seen") return undefined;
  return { words: `not permitted: ${fact.permission}`, level: "unknown" };
}

function valueOf<T>(fact: Fact<T> | undefined): T | undefined {
  return fact?.kind === "seen" ? fact.value : undefined;
}

const logWarningPercent = 80;

/** "38 % of 64 MB · AVAILABILITY_REPLICA"; of a secondary copy the server tells no size. */
export function logUseCell({ logUse }: SlowFacts, { side }: SidePicture, name: string): MirrorCell {
  const fact = logUse[side]?.logUse;
  const missing = notSeen(fact);
  if (missing !== undefined) return missing;
  const row = valueOf(fact)?.find(({ database }) => database === name);
  if (row === undefined) return unknown;
  const { activeMb, totalMb } = row;
  const reuse = visibleText(row.reuseWait);
  if (activeMb === null || totalMb === null || totalMb === 0) {
    return { words: `size not told · ${reuse}` };
  }
  const percent = Math.round((100 * activeMb) / totalMb);
  const words = `${String(percent)} % of ${grouped(totalMb)} MB · ${reuse}`;
  return percent >= logWarningPercent ? { words, level: "warning" } : { words };
}

/** An instance makes its own once it is primary, and shows them in its msdb. */
export function backupCell({ side, reading }: SidePicture, name: string): MirrorCell {
  const fact = reading?.facts.backups;
  const missing = notSeen(fact);
  if (missing !== undefined) return missing;
  const own = (valueOf(fact) ?? []).filter((one) => one.databaseName === name);
  const words = (["L", "D"] as const).flatMap((type) => {
    const last = own
      .filter((one) => one.type === type)
      .toSorted((one, other) => one.ageSeconds - other.ageSeconds)[0];
    const kind = type === "L" ? "log" : "full";
    return last === undefined ? [] : [`${kind} ${ageText(last.ageSeconds * 1000)} ago`];
  });
  if (words.length > 0) return { words: words.join(" · ") };
  return { words: side === "instance" ? "made by Azure, none seen yet" : "none seen" };
}

const certificateWarningDays = 30;
const uses = { endpoint: "own", partner: "partner's", authority: "authority's" } as const;

/** The one that ends first of those that the link lives on. */
export function certificateCell({ reading }: SidePicture): MirrorCell {
  const fact = reading?.facts.certificates;
  const missing = notSeen(fact);
  if (missing !== undefined) return missing;
  const [first] = (valueOf(fact) ?? []).toSorted((one, other) => one.daysLeft - other.daysLeft);
  if (first === undefined) return { words: "none seen" };
  const until = first.expiryDate.slice(0, 10);
  const words =
    first.daysLeft < 0
      ? `${uses[first.use]} ended ${until}`
      : `${uses[first.use]} until ${until}, ${String(first.daysLeft)} days left`;
  return first.daysLeft < certificateWarningDays ? { words, level: "warning" } : { words };
}

/** State and roles of the link as Azure tells them, with its last error; on SQL Server's side there is none. */
export function azureCell(azure: AzureFact, side: Side, linkName: string): MirrorCell {
  if (side === "box") return { words: "-" };
  switch (azure.kind) {
    case "notAsked":
      return { words: "not asked: nobody is signed in" };
    case "failed":
      return { words: visibleText(azure.problem.summary), level: "unknown" };
    case "seen":
      return linkInAzure(azure, linkName);
  }
}

function linkInAzure(azure: AzureFact, linkName: string): MirrorCell {
  const link = armLinkOf(azure, linkName);
  if (link === undefined) return { words: "Azure has no link of that name", level: "warning" };
  const { databases, instanceLinkRole, partnerLinkRole } = link;
  const states = databases.map(({ replicaState }) => replicaState ?? "state unknown");
  const errors = databases.flatMap(({ mostRecentLinkError: error }) => {
    return error === null || error === "" || error === "0" ? [] : [error];
  });
  const roles = `${instanceLinkRole ?? "role not told"}, partner ${partnerLinkRole ?? "not told"}`;
  const error = errors.length === 0 ? "no error" : errors.join("; ");
  const words = [...new Set(states), roles, error];
  const cell = { words: visibleText(words.join(" · ")) };
  return errors.length === 0 ? cell : { ...cell, level: "warning" };
}
