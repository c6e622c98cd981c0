// Check: whether the database can come back after the failover: versions and update policy.
import { canComeBack, supportOf } from "../estate/versions.ts";
import { nameOf } from "../estate/name-of.ts";
import type { Check } from "./check.ts";
import { passed, placeOf, unknown, warning } from "./check.ts";

const plainPolicy = {
  SQLServer2022: "SQL Server 2022",
  SQLServer2025: "SQL Server 2025",
  AlwaysUpToDate: "Always-up-to-date",
} as const;

export const updatePolicy: Check = ({ estate }) => {
  const { box, instance } = estate;
  const place = placeOf("updatePolicy", instance);
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
  switch (canComeBack(box.facts.server, instance.facts.server)) {
    case "online":
      return [
        passed(
          place,
          `Can you come back? Yes, online. ${versionName} and update policy ${policy} match, so a second planned failover returns to ${nameOf(box)} without a restore.`,
        ),
      ];
    case "offline":
      return [
        warning(
          place,
          `Can you come back? Only offline: by a COPY_ONLY backup from ${nameOf(instance)} and a restore on ${nameOf(box)}, with no writes in between.`,
          "Accept it, or keep the link.",
        ),
      ];
    case "no":
      return [
        warning(
          place,
          `Can you come back? No. ${versionName} cannot take a database back from ${nameOf(instance)}, whose update policy is ${policy}.`,
          "Accept it, or use an instance whose update policy matches the version of SQL Server.",
        ),
      ];
    case "unknown":
      return [
        unknown(place, false, {
          summary: `Can you come back? It cannot be said: ${nameOf(instance)} does not tell its update policy.`,
          remedy: "Look at the update policy of the instance in the Azure portal.",
        }),
      ];
  }
};
