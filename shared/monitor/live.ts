// What is read of one server of a link while somebody watches it. Contract.
import type { Fact, Side } from "../estate/estate.ts";
import type { GateAnswer } from "../gate/to-reading.ts";
import type { LogUse } from "../readiness/server-objects.ts";

/** One server's newest answer, or why there is none. */
export interface LiveRead {
  readonly connectionId: string;
  readonly side: Side;
  readonly answer: GateAnswer;
}

export interface LogUseRead {
  /** This tool's clock, ISO 8601 UTC. */
  readonly at: string;
  readonly logUse: Fact<readonly LogUse[]>;
}
