// Check: both servers can do what is chosen: the primary starts it or the link's end does it, the other side can take over.
import type { ServerIdentity } from "../estate/estate.ts";
import { isBuildBelow, linkFromInstanceFloor, supportOf } from "../estate/versions.ts";
import type { Support } from "../estate/versions.ts";
import { visibleText } from "../visible-text.ts";
import { waysOf } from "../ways/ways-of.ts";
import type { Check, CheckInput, Place } from "./check.ts";
import { askSide, failed, passed, warning } from "./check.ts";
import type { Finding } from "./finding.ts";

export const version: Check = (input) =>
  (["box", "instance"] as const).flatMap((side) =>
    askSide(input, side, { name: "version", blocks: true }, ({ place, facts }) => {
      const support = supportOf(facts.server);
      const is = `${place.server} is ${support.versionName}, build ${visibleText(facts.server.productVersion)}`;
      const expected = side === "instance" ? support.isManagedInstance : !support.isManagedInstance;
      if (!expected) return [wrongKind(place, is)];
      return [
        carriesNoLink(place, is, support) ??
          (side === "box" ? box(input, place, facts.server, is) : passed(place, `${is}.`)),
      ];
    }),
  );

/** What stands before the question of the way; a newer version than this tool's is not asked that question. */
function carriesNoLink(place: Place, is: string, support: Support): Finding | undefined {
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

/** What SQL Server's version means for the way; other reasons are told by other checks. */
function box(
  { estate, link, choices }: CheckInput,
  place: Place,
  server: ServerIdentity,
  is: string,
): Finding {
  const { refusal, keep } = waysOf(estate, link, choices);
  if (refusal?.because === "version") return failed(place, refusal.sentence, refusal.remedy);
  if (keep.kind === "closed" && keep.because === "version") {
    return choices.keepLink
      ? failed(place, keep.sentence, keep.remedy)
      : passed(place, `${is}: it moves one way, and the link ends with it.`);
  }
  return choices.to === "box" ? target(place, is, server) : passed(place, `${is}.`);
}

/**
 * SQL Server as the side that takes over. FAILOVER is sent to the instance then, so the build that starts one is needed only
 * for the next one; whether the link began on the instance nobody tells.
 */
function target(place: Place, is: string, server: ServerIdentity): Finding {
  const { plannedFailover, plannedFloor } = supportOf(server);
  if (plannedFailover !== "needsUpdate") return passed(place, `${is}.`);
  const next = `${is}: it can take over, but the next failover by T-SQL needs ${plannedFloor?.name ?? "an update"}, build ${plannedFloor?.version ?? "unknown"}, or later.`;
  const began = isBuildBelow(server.productVersion, linkFromInstanceFloor.version)
    ? ` A link whose first primary was the managed instance needs ${linkFromInstanceFloor.name}, build ${linkFromInstanceFloor.version}.`
    : "";
  return warning(place, `${next}${began}`, `Update ${place.server} first, or after this failover.`);
}

function wrongKind(place: Place, is: string): Finding {
  const needed = place.where === "instance" ? "a managed instance" : "SQL Server";
  return failed(place, `${is}, and ${needed} was expected here.`, "Connect the right servers.");
}
