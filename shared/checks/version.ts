// Check: both servers can fail a link over by T-SQL and keep it: the primary starts it, the other side can take over.
import type { ServerIdentity } from "../estate/estate.ts";
import { isBuildBelow, supportOf } from "../estate/versions.ts";
import { visibleText } from "../visible-text.ts";
import type { Check, Place } from "./check.ts";
import { askSide, direction, failed, passed, warning } from "./check.ts";
import type { Support } from "../estate/versions.ts";
import type { Finding } from "./finding.ts";

export const version: Check = (input) =>
  (["box", "instance"] as const).flatMap((side) =>
    askSide(input, side, { name: "version", blocks: true }, ({ place, facts }) => {
      const support = supportOf(facts.server);
      const is = `${place.server} is ${support.versionName}, build ${visibleText(facts.server.productVersion)}`;
      const expected = side === "instance" ? support.isManagedInstance : !support.isManagedInstance;
      if (!expected) return [wrongKind(place, is)];
      const takesOver = side === "box" && direction(input).to === side;
      return [
        judge(place, is, support) ??
          (takesOver ? target(place, is, facts.server) : starter(place, is, support)),
      ];
    }),
  );

/** What stands before the question of failing over; a newer version than this tool's is not asked that question. */
function judge(place: Place, is: string, support: Support): Finding | undefined {
  switch (support.link) {
    case "versionTooOld":
      return failed(place, `${is}: links begin with SQL Server 2016.`, "Update SQL Server.");
    case "buildTooLow":
      return failed(
        place,
        `${is}: a link needs ${support.linkFloor?.name ?? "an update"}, build ${support.linkFloor?.version ?? "unknown"}, or later.`,
        "Update SQL Server.",
      );
    case "unknownVersion":
      return warning(
        place,
        `${is}, which is newer than this tool.`,
        "Try the failover on a test link first, or look for a newer version of this tool.",
      );
    case "supported":
      return undefined;
  }
}

/** The side on which FAILOVER is sent, and the instance on either end: SQL Server starts it from a build on. */
function starter(place: Place, is: string, support: Support): Finding {
  switch (support.plannedFailover) {
    case "byTsql":
      return passed(place, `${is}.`);
    case "needsUpdate":
      return failed(
        place,
        `${is}: failing over by T-SQL and keeping the link needs ${support.plannedFloor?.name ?? "an update"}, build ${support.plannedFloor?.version ?? "unknown"}, or later.`,
        `Three ways: update ${place.server}; fail over with SSMS; or move one way, ending the link.`,
      );
    case "never":
    case "unknown":
      return failed(
        place,
        `${is}: it cannot stay in the link as secondary of a managed instance.`,
        "Only a move one way is possible: it ends the link, and there is no way back over it. Use SSMS.",
      );
  }
}

/** Managed Instance link overview: a link that began on an instance needs this build of SQL Server 2022. */
const secondaryFloor = { version: "16.0.4095.4", name: "CU10" };

/**
 * SQL Server as the side that takes over. FAILOVER is sent to the instance then, so the build that starts one is needed only
 * for the next one; whether the link began on the instance nobody tells.
 */
function target(place: Place, is: string, server: ServerIdentity): Finding {
  const { plannedFailover, plannedFloor } = supportOf(server);
  if (plannedFailover === "byTsql") return passed(place, `${is}.`);
  if (plannedFailover !== "needsUpdate") {
    return failed(
      place,
      `${is}: it cannot take over from a managed instance.`,
      "The database stays where it is: move its data by export and import, or by transactional replication.",
    );
  }
  const next = `${is}: it can take over, but the next failover by T-SQL needs ${plannedFloor?.name ?? "an update"}, build ${plannedFloor?.version ?? "unknown"}, or later.`;
  const began = isBuildBelow(server.productVersion, secondaryFloor.version)
    ? ` A link whose first primary was the managed instance needs ${secondaryFloor.name}, build ${secondaryFloor.version}.`
    : "";
  return warning(place, `${next}${began}`, `Update ${place.server} first, or after this failover.`);
}

function wrongKind(place: Place, is: string): Finding {
  const needed = place.where === "instance" ? "a managed instance" : "SQL Server";
  return failed(place, `${is}, and ${needed} was expected here.`, "Connect the right servers.");
}
