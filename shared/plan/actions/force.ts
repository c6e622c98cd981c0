// The forced failover: one statement on the secondary, or one request to Azure while that is the instance. Data can be lost.
import type { Side } from "../../estate/estate.ts";
import { guardedBatch } from "../../sql/guard.ts";
import { quoteName } from "../../sql/quote.ts";
import { silenceLines } from "../../sql/silence-lines.ts";
import type { Action, ExpectedRole } from "../plan.ts";
import type { ActionForm, PlanFrame } from "./action-form.ts";
import { kindOfServer, otherSide } from "./action-form.ts";
import { linkRequest } from "./link-request.ts";

type Force = Extract<Action, { kind: "force" }>;

export function forceForm(action: Force, frame: PlanFrame): ActionForm {
  const { side, by } = action;
  const [own, other] = [frame[side].serverName, frame[otherSide(side)].serverName];
  const place = {
    side,
    server: frame[side],
    link: frame.link,
    // ALTER AVAILABILITY GROUP (Transact-SQL): on a replica whose role is SECONDARY or RESOLVING.
    roles: ["SECONDARY", "RESOLVING"] as const,
  };
  const statement = guardedBatch(
    place,
    [],
    `ALTER AVAILABILITY GROUP ${quoteName(action.group)} FORCE_FAILOVER_ALLOW_DATA_LOSS;`,
    action.silentSeconds === null ? [] : silenceLines(place, action.silentSeconds),
  );
  return {
    slug: "force",
    title: `Perform forced failover to ${kindOfServer(side)}`,
    sentence: `Waiting for ${own} to become primary.`,
    ...(by === "arm"
      ? {
          runsOn: "azure" as const,
          why: `${own} is the secondary, and Azure is asked in its place.`,
          // "Distributed Availability Groups - Failover": ForcedAllowDataLoss makes the instance primary.
          request: linkRequest(frame, "POST", "/failover", { failoverType: "ForcedAllowDataLoss" }),
          instead: { runsOn: side, statement },
        }
      : {
          runsOn: side,
          why: `${own} is the secondary, and a failover is forced on the side that takes over.`,
          statement,
        }),
    rolesBefore: forcedRoles(side),
    doneWhen: `${own} shows PRIMARY.`,
    undo: () => ({
      kind: "irreversible",
      why: `What ${other} committed and ${own} does not have is given up. ${other} still takes itself for the primary when it comes back.`,
    }),
    safeToStopAfter: false,
    onFailure: "stopRun",
    script: { [side]: { text: statement, endsWith: "batch" } },
  };
}

/** The side that takes over is asked who it is; the other one may be gone. */
export function forcedRoles(side: Side): Readonly<Record<Side, ExpectedRole>> {
  return side === "box" ? { box: "any", instance: "unasked" } : { box: "unasked", instance: "any" };
}
