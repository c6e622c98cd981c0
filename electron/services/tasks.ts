// What moves nothing, for the window: the leftovers of a link that is gone, and the plans of a clean-up and of the hybrid benefit.
import type { TaskChoices } from "../../shared/choices/choices.ts";
import type { Pair } from "../../shared/estate/pair.ts";
import type { Link } from "../../shared/estate/link.ts";
import type { RequestOutput } from "../../shared/ipc.ts";
import type { Environment } from "../../shared/plan/plan.ts";
import type { LinkOperations } from "../azure/link-operations.ts";
import type { Clock } from "../run/clock.ts";
import { findLeftovers, planCleanUp } from "../run/make-clean-up-plan.ts";
import { planHybrid } from "../run/make-hybrid-plan.ts";
import type { PlannedAgain } from "../run/start-run.ts";
import type { AzureService } from "./azure-service.ts";
import type { Connections } from "./connections.ts";

export interface TaskRequest {
  readonly choices: TaskChoices;
  readonly environment: Environment;
}

export interface Tasks {
  leftovers(pair: Pair): Promise<RequestOutput<"leftovers.list">>;
  /** Reads both sides and builds the plan. Throws AppError `noSuchLink`, ... for the benefit of a link that is not there. */
  plan(pair: Pair, request: TaskRequest): Promise<PlannedAgain & { readonly link: Link }>;
}

export interface TasksOptions {
  readonly connections: Connections;
  readonly clock: Clock;
  readonly azure: Pick<AzureService, "status" | "linkOperations">;
}

export function createTasks({ connections, clock, azure }: TasksOptions): Tasks {
  /** Undefined where nobody is signed in: then Azure is not asked. */
  const operations = async (): Promise<(() => Promise<LinkOperations>) | undefined> => {
    const { account } = await azure.status();
    return account === null ? undefined : () => azure.linkOperations();
  };
  return {
    async leftovers(pair) {
      const found = await findLeftovers(connections.sources(pair), clock, await operations());
      const { leftovers, unread, seen } = found;
      return { leftovers, unread, isAzureAsked: seen.trustCertificates !== null };
    },
    async plan(pair, { choices, environment }) {
      const sources = connections.sources(pair);
      if (choices.kind === "hybridBenefit") {
        const { linkName, ...rest } = choices;
        return planHybrid(sources, { linkName, environment, choices: rest }, clock);
      }
      return planCleanUp(sources, { ...choices, environment }, clock, await operations());
    },
  };
}
