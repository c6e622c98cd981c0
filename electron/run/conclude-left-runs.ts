// Runs of a link that were left without a known end, looked at from this computer through the connections there are.
import { hostname } from "node:os";
import { AppError } from "../../shared/errors/app-error.ts";
import type { Estate, Side, SideReading } from "../../shared/estate/estate.ts";
import type { Link } from "../../shared/estate/link.ts";
import type { Plan } from "../../shared/plan/plan.ts";
import { foldEvents } from "../../shared/run/state.ts";
import type { LinkOperations } from "../azure/link-operations.ts";
import type { SideSource } from "../estate/read.ts";
import { findUnfinishedRuns } from "../store/run-folder.ts";
import type { AzureLink } from "./azure-link.ts";
import { azureFor } from "./azure-link.ts";
import type { Clock } from "./clock.ts";
import type { LeftRuns } from "./conclude-runs.ts";
import { concludeRuns, isProcessAlive } from "./conclude-runs.ts";
import { sides } from "./link-look.ts";
import { lookForPlan, lookWithAzureFor } from "./look-at-link.ts";
import type { ResumeTools } from "./resume-judgement.ts";
import { readSessionActivity } from "./session-activity.ts";

export interface LookingBack {
  readonly sources: Readonly<Record<Side, SideSource>>;
  readonly clock: Clock;
  readonly dataFolder: string;
  /** Whether that run was between these two servers; absent: the link says enough. */
  readonly isOurs?: (plan: Plan) => boolean;
  /** Rejects with AppError where nobody is signed in; absent: Azure is not asked. */
  readonly azure?: () => Promise<LinkOperations>;
}

/** Reads both sides as often as it takes; sends nothing. Throws AppError when a journal cannot be written. */
export function concludeLeftRuns(around: LookingBack, link: Link): Promise<LeftRuns> {
  const { dataFolder, isOurs = () => true } = around;
  const computer = { host: hostname(), isAlive: isProcessAlive };
  return concludeRuns(dataFolder, link, computer, (plan) =>
    isOurs(plan) ? toolsFor(plan, around) : undefined,
  );
}

function toolsFor(plan: Plan, around: LookingBack): ResumeTools {
  const { sources, clock } = around;
  return {
    clock,
    look: () => lookForPlan(plan, sources, clock),
    async lookWithAzure() {
      const look = () => lookForPlan(plan, sources, clock);
      return lookWithAzureFor(plan, look, await azureOf(around, plan));
    },
    async poll(operation) {
      const azure = await azureOf(around, plan);
      try {
        return await azure?.poll(operation);
      } catch (error) {
        if (error instanceof AppError) return undefined;
        throw error;
      }
    },
    async activity(connection) {
      const source = sources[connection.side];
      return "unreachable" in source ? "noAnswer" : readSessionActivity(source, connection);
    },
  };
}

async function azureOf({ azure }: LookingBack, plan: Plan): Promise<AzureLink | undefined> {
  try {
    return azure === undefined ? undefined : await azureFor(plan, azure);
  } catch (error) {
    if (error instanceof AppError) return undefined;
    throw error;
  }
}

/**
 * Links that no side shows any more, of runs that were left between these two servers: a run that removes its link can be
 * interrupted after the link is gone.
 */
export function goneLinks(
  dataFolder: string,
  estate: Estate,
  found: readonly Link[],
): readonly Link[] {
  const plans = findUnfinishedRuns(dataFolder).unfinished.flatMap(
    ({ journal }) => foldEvents(journal.events).started?.plan ?? [],
  );
  const gone = plans.filter(
    (plan) =>
      sides.every((side) => isPlanned(plan, side, estate[side])) &&
      !found.some(({ name }) => name === plan.link.name),
  );
  const names = new Map(gone.map(({ link }) => [link.name, link.databases]));
  return [...names].map(([name, databases]) => ({
    name,
    databases,
    box: { kind: "absent" },
    instance: { kind: "absent" },
  }));
}

/** A side of which the plan itself read nothing may be gone: a forced failover asks the other one alone. */
function isPlanned(plan: Plan, side: Side, reading: SideReading): boolean {
  if (plan[side].productVersion === null) return true;
  return reading.kind === "seen" && reading.facts.server.serverName === plan[side].serverName;
}
