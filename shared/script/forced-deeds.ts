// What the whole-plan scripts do of a forced failover, step by step: only the side that takes over is ever asked.
import type { Action, Plan, Step } from "../plan/plan.ts";
import { forcedLookLines } from "../sql/forced-look-lines.ts";
import { removedLines } from "../sql/removed-lines.ts";
import { redoReading } from "../sql/script-readings.ts";
import { verifyLines } from "../sql/verify-lines.ts";
import { change, insteadOf, locked, placeOf } from "./batches.ts";
import type { Deed } from "./deeds.ts";

type LookBeforeForce = Extract<Action, { kind: "lookBeforeForce" }>;
type ForcedAction = Extract<
  Action,
  { kind: "lookBeforeForce" | "force" | "verifyForced" | "verifyAlone" }
>;

export function forcedDeeds(plan: Plan, step: Step, action: ForcedAction): readonly Deed[] {
  switch (action.kind) {
    case "lookBeforeForce":
      return [look(plan, action), ...redone(plan, action)];
    case "force":
      return step.instead === undefined
        ? [{ kind: "confirmLoss" }, change(plan, step, "unknown")]
        : [
            { kind: "confirmLoss" },
            // Who types may take long, and no batch of Azure's looks by itself.
            ...lookAgain(plan),
            {
              kind: "failoverByAzure",
              type: "ForcedAllowDataLoss",
              instead: insteadOf(plan, step),
            },
          ];
    case "verifyAlone": {
      const lines = removedLines(placeOf(plan, "instance", []), "mustBeWritable");
      return [{ kind: "linkIsGone" }, { kind: "prove", side: "instance", batch: lines.join("\n") }];
    }
    case "verifyForced": {
      const place = placeOf(plan, action.side, ["PRIMARY"]);
      return [{ kind: "prove", side: action.side, batch: verifyLines(place, "forced").join("\n") }];
    }
  }
}

/** The secondary read once more, as the plan's first step reads it. */
export function lookAgain(plan: Plan): readonly Deed[] {
  return plan.steps.flatMap(({ action }) =>
    action.kind === "lookBeforeForce" ? [look(plan, action)] : [],
  );
}

function look(plan: Plan, { side, seconds, despite }: LookBeforeForce): Deed {
  const lines = forcedLookLines(placeOf(plan, side, ["SECONDARY", "RESOLVING"]), seconds, despite);
  return { kind: "prove", side, batch: locked(plan, side, lines.join("\n")) };
}

/** What has arrived is redone first, however long that takes, unless the operator went on without. */
function redone(plan: Plan, { side, despite }: LookBeforeForce): readonly Deed[] {
  if (despite.includes("working")) return [];
  return [
    {
      kind: "waitUntil",
      side,
      batch: redoReading(placeOf(plan, side, ["SECONDARY", "RESOLVING"])),
      what: `${plan[side].serverName} has worked through what has arrived`,
      seconds: null,
      afterClock: false,
    },
  ];
}
