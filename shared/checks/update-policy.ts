// Check: whether the instance's update policy and SQL Server's version let the database come back, and come back once more.
import type { SideReading } from "../estate/estate.ts";
import type { Support } from "../estate/versions.ts";
import { canComeBack, supportOf } from "../estate/versions.ts";
import { nameOf } from "../estate/name-of.ts";
import type { Check, Place } from "./check.ts";
import { direction, failed, passed, placeOf, unknown, warning } from "./check.ts";
import type { Finding } from "./finding.ts";

const plainPolicy = {
  SQLServer2022: "SQL Server 2022",
  SQLServer2025: "SQL Server 2025",
  AlwaysUpToDate: "Always-up-to-date",
} as const;

type SeenSide = Extract<SideReading, { kind: "seen" }>;

/** Who is asked, and what the sentences call them. */
interface Pair {
  readonly place: Place;
  readonly box: SeenSide;
  readonly instance: SeenSide;
  readonly versionName: string;
  readonly policy: string;
}

export const updatePolicy: Check = (input) => {
  const { box, instance } = input.estate;
  const place = placeOf("updatePolicy", instance);
  const isFailback = direction(input).to === "box";
  if (box.kind === "unreachable" || instance.kind === "unreachable") {
    const silent = box.kind === "unreachable" ? box : instance;
    return [
      unknown(place, false, {
        summary: `Can you come back? It cannot be said while ${nameOf(silent)} does not answer.`,
        remedy: "Read both servers again.",
      }),
    ];
  }
  const { versionName } = supportOf(box.facts.server);
  const { updatePolicy: found } = supportOf(instance.facts.server);
  const policy = found === null ? "unknown" : plainPolicy[found];
  const pair: Pair = { place, box, instance, versionName, policy };
  return [isFailback ? comesBackNow(pair) : comesBackLater(pair)];
};

/** A failover to the instance: is there a way back afterwards? Whoever migrates may accept that there is none. */
function comesBackLater({ place, box, instance, versionName, policy }: Pair): Finding {
  switch (canComeBack(box.facts.server, instance.facts.server)) {
    case "online":
      return passed(
        place,
        `Can you come back? Yes, online. ${versionName} and update policy ${policy} match, so a second planned failover returns to ${nameOf(box)} without a restore.`,
      );
    case "offline":
      return warning(
        place,
        `Can you come back? Only offline: by a COPY_ONLY backup from ${nameOf(instance)} and a restore on ${nameOf(box)}, with no writes in between.`,
        "Accept it, or keep the link.",
      );
    case "no":
      return warning(
        place,
        `Can you come back? No. ${versionName} cannot take a database back from ${nameOf(instance)}, whose update policy is ${policy}.`,
        "Accept it, or use an instance whose update policy matches the version of SQL Server.",
      );
    case "unknown":
      return unknown(place, false, {
        summary: `Can you come back? It cannot be said: ${nameOf(instance)} does not tell its update policy.`,
        remedy: "Look at the update policy of the instance in the Azure portal.",
      });
  }
}

/** A failover to SQL Server, now: two ways need an exact match, and the engine refuses without it. */
function comesBackNow({ place, box, instance, versionName, policy }: Pair): Finding {
  const [here, there] = [nameOf(box), nameOf(instance)];
  const { link, plannedFailover } = supportOf(box.facts.server);
  if (link === "unknownVersion") {
    return unknown(place, false, {
      summary: `Can you come back? It cannot be said: ${here} is newer than this tool. Where it does not match update policy ${policy}, the engine refuses (41988).`,
      remedy: "Look for a newer version of this tool.",
    });
  }
  switch (canComeBack(box.facts.server, instance.facts.server)) {
    case "online":
      return passed(
        place,
        `Can you come back? Yes, online. ${versionName} and update policy ${policy} match: no restore is needed${plannedFailover === "byTsql" ? `, and it can fail over to ${there} again` : ""}.`,
      );
    case "offline":
    case "no":
      return failed(
        place,
        `Can you come back? No. ${here} is ${versionName} and the update policy of ${there} is ${policy}: they do not match, and the engine refuses (41988).`,
        wayWithoutMatch(instance, supportOf(box.facts.server)),
      );
    case "unknown":
      return unknown(place, false, {
        summary: `Can you come back? It cannot be said: ${there} does not tell its update policy. Where it does not match ${versionName}, the engine refuses (41988).`,
        remedy: "Look at the update policy of the instance in the Azure portal.",
      });
  }
}

/** Update policy: a restore goes back to the very version of a fixed policy, and from Always-up-to-date to none. */
function wayWithoutMatch(instance: SeenSide, box: Support): string {
  const { updatePolicy: found } = supportOf(instance.facts.server);
  if (found === null || found === "AlwaysUpToDate") {
    return "Nothing goes back from Always-up-to-date, neither over a link nor by a restore: move the data by export and import, or by transactional replication.";
  }
  const restore = `Restore a COPY_ONLY backup of ${nameOf(instance)} on a ${plainPolicy[found]}, with no writes in between`;
  return box.versionName === plainPolicy.SQLServer2025
    ? `${restore}, or change the update policy to SQL Server 2025, which cannot be changed back.`
    : `${restore}.`;
}
