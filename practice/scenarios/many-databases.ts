// As full as servers get: 5,000 databases and 500 links on either side, of which one is simulated and the others only stand there.
import type { Bystander, BystanderLink } from "../world/bystanders.ts";
import type { ServerKey } from "../world/state.ts";
import { usualSurroundings } from "../world/surroundings.ts";
import { healthy } from "./healthy.ts";
import type { Scenario } from "./scenario.ts";

/** Of each server: databases, Adatum among them, and links, LINK_Adatum among them. */
interface Counts {
  readonly databaseCount: number;
  readonly linkCount: number;
}

/** Links whose other end is gone: so many on either side. */
const missingCount = 5;
/** Links of which both sides say that they are primary. */
const splitCount = 3;
/** Databases without a link that only one side has. */
const ownCount = 100;
/** Lower ids are the system's, Adatum's and those of restored copies. */
const firstId = 1001;

const areas = ["Sales", "Billing", "Warehouse", "Payroll", "Claims", "Ledger", "CRM", "Intranet"];
const customers = ["Contoso", "Fabrikam", "Northwind", "Litware", "Tailspin", "Proseware"];

/** As people and programs name databases; every number gives another name. */
function nameOf(number: number): string {
  const area = areas[number % areas.length] ?? "";
  const customer = customers[number % customers.length] ?? "";
  const digits = String(number).padStart(4, "0");
  switch (number % 10) {
    case 3:
      return `${customer.toLowerCase()}-${area.toLowerCase()}-prod-${digits}`;
    case 5:
      return `WSS_Content_${customer}_${"0123456789abcdef".slice(0, 8)}-${digits}-4c1e-9b7d-2f60a1d35e84`;
    case 7:
      return `${customer} ${area} (archive ${digits})`;
    case 9:
      return number % 100 === 99 ? longName(number) : `TENANT_${digits}_${area}`;
    default:
      return `${customer}_${area}_${digits}`;
  }
}

/** The longest that SQL Server takes: 128 characters. */
function longName(number: number): string {
  const head = `Consolidated reporting of all subsidiaries, restated, ${String(number)} `;
  return `${head}${"and their predecessors ".repeat(6)}`.slice(0, 127).trimEnd() + "x";
}

/** Numbers below `linkCount` are those of linked databases; 0 stands for Adatum, which is simulated. */
function linkOf(
  number: number,
  side: ServerKey,
  linkCount: number,
): BystanderLink | null | "missing" {
  if (number >= linkCount + missingCount) return null;
  const isMissing = number >= linkCount - missingCount;
  const isHere = number < linkCount === (side === "box");
  if (isMissing && !isHere) return "missing";
  const name = nameOf(number);
  const isSplit = number <= splitCount;
  const primary: ServerKey = number % 10 === 0 && !isMissing ? "instance" : "box";
  return {
    name: `LINK_${name}`.slice(0, 128),
    groups: { box: `AG_${name}`.slice(0, 128), instance: `MI_${name}`.slice(0, 128) },
    role: isSplit || side === primary ? "PRIMARY" : "SECONDARY",
    isConnected: !isSplit && !isMissing,
  };
}

function bystanders(side: ServerKey, { databaseCount, linkCount }: Counts): readonly Bystander[] {
  const found: Bystander[] = [];
  for (let number = 1; found.length < databaseCount - 1; number += 1) {
    const link = linkOf(number, side, linkCount);
    const owner = isOwnOf(number, linkCount);
    const isOthers = owner !== undefined && owner !== side;
    if (link === "missing" || isOthers) continue;
    found.push({ id: firstId + found.length, name: nameOf(number), link });
  }
  return found;
}

/** The first ones behind the links are on one side alone, in turn. */
function isOwnOf(number: number, linkCount: number): ServerKey | undefined {
  const place = number - linkCount - missingCount;
  if (place < 0 || place >= 2 * ownCount) return undefined;
  return place % 2 === 0 ? "box" : "instance";
}

function withBystanders(side: ServerKey, counts: Counts) {
  const surroundings = { ...usualSurroundings[side], bystanders: bystanders(side, counts) };
  return { ...healthy[side], surroundings };
}

/** Both servers with so many databases and links; all but LINK_Adatum only stand there. */
export function crowded(name: string, counts: Counts): Scenario {
  const databases = counts.databaseCount.toLocaleString("en-US");
  return {
    ...healthy,
    name,
    summary:
      `Both servers have ${databases} databases and ${String(counts.linkCount)} links; ` +
      "all but LINK_Adatum only stand there.",
    box: withBystanders("box", counts),
    instance: withBystanders("instance", counts),
  };
}

export const manyDatabases = crowded("many-databases", { databaseCount: 5000, linkCount: 500 });
