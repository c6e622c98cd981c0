// What both sides show of a database that is to be brought back offline, row by row beside each other. Pure.
import type { Estate, Side } from "../../shared/estate/estate.ts";
import { findLinks } from "../../shared/estate/find-links.ts";
import { plainPolicy, supportOf } from "../../shared/estate/versions.ts";
import type { CopyFacts } from "../../shared/offline/copy-facts.ts";
import { copyFacts } from "../../shared/offline/copy-facts.ts";
import { visibleText } from "../../shared/visible-text.ts";
import type { SideRow } from "../ui/side-row.ts";

const notTold = "not told";

export function offlineRows(
  estate: Estate,
  linkName: string | undefined,
  database: string,
): readonly SideRow[] {
  const both = (title: string, of: (side: Side) => string): SideRow => ({
    title,
    box: visibleText(of("box")),
    instance: visibleText(of("instance")),
  });
  const copy = (title: string, of: (facts: CopyFacts) => string): SideRow =>
    both(title, (side) => {
      const facts = copyFacts({ estate, database }, side);
      return facts === undefined ? missing(estate, side) : of(facts);
    });
  return [
    both("Version", (side) => versionOf(estate, side)),
    copy(`Database ${visibleText(database)}`, ({ state, updateability }) =>
      [state, ...(updateability === null ? [] : [updateability])].join(", "),
    ),
    both(linkName === undefined ? "Link role" : `Role in ${visibleText(linkName)}`, (side) =>
      roleOf(estate, side, linkName),
    ),
    copy("Availability group", ({ group }) => group ?? "in none"),
    copy("Last write, server time", ({ lastWrite }) => lastWrite ?? notTold),
    copy("Last backup, server time", ({ lastBackup }) => lastBackup ?? notTold),
  ];
}

/** Not shown is not the same as not there. */
function missing(estate: Estate, side: Side): string {
  const reading = estate[side];
  if (reading.kind !== "seen") return "does not answer";
  return reading.facts.databases.kind === "seen" ? "not there" : notTold;
}

function versionOf(estate: Estate, side: Side): string {
  const reading = estate[side];
  if (reading.kind !== "seen") return "does not answer";
  const { versionName, updatePolicy, isManagedInstance } = supportOf(reading.facts.server);
  if (!isManagedInstance) return `${versionName} (${reading.facts.server.productVersion})`;
  return `Update policy ${updatePolicy === null ? notTold : plainPolicy[updatePolicy]}`;
}

function roleOf(estate: Estate, side: Side, linkName: string | undefined): string {
  const end = findLinks(estate).links.find(({ name }) => name === linkName)?.[side];
  if (end === undefined || end.kind === "absent") return "no link";
  return end.kind === "seen" ? (end.role ?? notTold) : notTold;
}
