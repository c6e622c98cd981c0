// The DELETE of a link in the whole-plan scripts: what both servers must show directly before it, and how its end is seen.
import type { Role, Side } from "../estate/estate.ts";
import type { Plan, RemovalCondition } from "../plan/plan.ts";
import { aloneReading, fullBackupReading, rolesReading } from "../sql/script-readings.ts";
import type { Sent } from "./batches.ts";
import { placeOf } from "./batches.ts";
import type { Deed } from "./deeds.ts";
import { lookAgain } from "./forced-deeds.ts";

const minute = 60;

/** What has to be seen directly before the DELETE, and the DELETE to its end. */
export function removalDeeds(plan: Plan, onlyWhile: RemovalCondition): readonly Deed[] {
  switch (onlyWhile) {
    case "nothingArrives":
      return endedByForce(plan);
    case "bothArePrimary":
      return endedAlone(plan);
    default:
      return removal(plan);
  }
}

/** Both still say that they are primary: then neither loses anything by it. */
function endedAlone(plan: Plan): readonly Deed[] {
  return [
    { kind: "linkIsThere" },
    { kind: "confirmLoss" },
    ...(["box", "instance"] as const).map((side) => ({
      kind: "mustBeOpen" as const,
      side,
      batch: rolesReading(placeOf(plan, side, ["PRIMARY"])),
      afterClock: false,
    })),
    ...deletion(plan),
  ];
}

/** Directly before the DELETE both servers are read once more, whatever was read before. */
function removal(plan: Plan): readonly Deed[] {
  const before: readonly Deed[] =
    plan.move === "delete"
      ? [{ kind: "gateIsOpen" }]
      : [
          {
            kind: "mustBeOpen",
            side: "box",
            batch: rolesReading(placeOf(plan, "box", [roleAfter(plan, "box")])),
            afterClock: false,
          },
          plan.to === "instance"
            ? { kind: "mustBeOpen", ...fullBackup(plan), afterClock: true }
            : {
                kind: "mustBeOpen",
                side: "instance",
                batch: rolesReading(placeOf(plan, "instance", ["SECONDARY"])),
                afterClock: false,
              },
        ];
  return [{ kind: "linkIsThere" }, ...before, ...deletion(plan)];
}

function endedByForce(plan: Plan): readonly Deed[] {
  return [{ kind: "linkIsThere" }, { kind: "confirmLoss" }, ...lookAgain(plan), ...deletion(plan)];
}

function deletion(plan: Plan): readonly Deed[] {
  return [
    { kind: "deleteLink" },
    { kind: "waitUntilLinkIsGone" },
    {
      kind: "waitUntil",
      side: "instance",
      batch: aloneReading(placeOf(plan, "instance", [])),
      what: `${plan.instance.serverName} has let go of the link and can be written`,
      seconds: 10 * minute,
      afterClock: false,
    },
  ];
}

/** Whether the service has taken its first full backup. */
export function fullBackup(plan: Plan): Sent {
  return { side: "instance", batch: fullBackupReading(placeOf(plan, "instance", ["PRIMARY"])) };
}

function roleAfter({ to }: Plan, side: Side): Role {
  return side === to ? "PRIMARY" : "SECONDARY";
}
