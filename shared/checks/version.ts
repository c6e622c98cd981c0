// Check: both servers can fail a link over by T-SQL and keep it.
import { supportOf } from "../estate/versions.ts";
import { visibleText } from "../visible-text.ts";
import type { Check, Place } from "./check.ts";
import { askSide, failed, passed, warning } from "./check.ts";
import type { Support } from "../estate/versions.ts";
import type { Finding } from "./finding.ts";

export const version: Check = (input) =>
  (["box", "instance"] as const).flatMap((side) =>
    askSide(input, side, { name: "version", blocks: true }, ({ place, facts }) => {
      const support = supportOf(facts.server);
      const is = `${place.server} is ${support.versionName}, build ${visibleText(facts.server.productVersion)}`;
      const expected = side === "instance" ? support.isManagedInstance : !support.isManagedInstance;
      return [expected ? judge(place, is, support) : wrongKind(place, is)];
    }),
  );

function judge(place: Place, is: string, support: Support): Finding {
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
      return plannedFailover(place, is, support);
  }
}

function plannedFailover(place: Place, is: string, support: Support): Finding {
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

function wrongKind(place: Place, is: string): Finding {
  const needed = place.where === "instance" ? "a managed instance" : "SQL Server";
  return failed(place, `${is}, and ${needed} was expected here.`, "Connect the right servers.");
}
