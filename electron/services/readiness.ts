// The readiness assessment for the window, from a fresh reading each time.
import { defaultChoices } from "../../shared/choices/choices.ts";
import type { RequestInput, RequestOutput } from "../../shared/ipc.ts";
import { assessReadiness } from "../run/assess-readiness.ts";
import type { Clock } from "../run/clock.ts";
import type { Connections } from "./connections.ts";

export interface ReadinessService {
  /** Throws AppError `noSuchLink`, `linksNotSeen`, or `notConnected` while neither side is. */
  assess(
    input: RequestInput<"readiness.assess">,
    signal: AbortSignal,
  ): Promise<RequestOutput<"readiness.assess">>;
}

export interface ReadinessOptions {
  readonly connections: Connections;
  readonly clock: Clock;
}

export function createReadiness({ connections, clock }: ReadinessOptions): ReadinessService {
  return {
    async assess({ pair, linkName, to }, signal) {
      const request = {
        linkName,
        environment: connections.environment(pair),
        choices: { ...defaultChoices, to: to ?? undefined },
      };
      const { assessment, report, loginScript } = await assessReadiness(
        connections.sources(pair),
        request,
        clock,
        signal,
      );
      return { assessment, report, loginScript };
    },
  };
}
