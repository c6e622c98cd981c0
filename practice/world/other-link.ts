// A second link of the same database: another instance that follows SQL Server's log in a distributed group of its own.
import type { Scenario } from "../scenarios/scenario.ts";
import { createState } from "./create-state.ts";
import type { Engine } from "./engine.ts";
import { stepFailover } from "./failover.ts";
import { stepLinkOperations } from "./link-operations.ts";
import { stepReplication } from "./replication.ts";
import type { ServerState, WorldState } from "./state.ts";

/**
 * The world of the second link, or null where the scenario has none. Its SQL Server is the very same one but for what it
 * believes of that link; time and acknowledged rows are the same, everything else is its own. The application never
 * connects to its instance.
 */
export function createOtherLink(state: WorldState, scenario: Scenario): WorldState | null {
  const { otherLink } = scenario;
  if (otherLink === undefined) return null;
  const { instance, boxReplicaId, ...link } = otherLink;
  const plan: Scenario = {
    ...scenario,
    instance,
    link: { ...scenario.link, ...link },
    workload: { ...scenario.workload, sessions: [] },
  };
  const own = createState(plan, state.nowMs);
  const other: WorldState = {
    ...own,
    get nowMs() {
      return state.nowMs;
    },
    box: sameServer(state.box, { ...linkFields(own.box), linkReplicaId: boxReplicaId }),
    acknowledgedRows: state.acknowledgedRows,
    backupFaults: { ...own.backupFaults, box: state.backupFaults.box },
    otherLink: state,
  };
  state.otherLink = other;
  return other;
}

/** One step of the second link, after those of the first. */
export function stepOtherLink(engine: Engine, stepMs: number): void {
  stepReplication(engine.state, stepMs);
  stepFailover(engine);
  stepLinkOperations(engine);
}

type LinkFields = Pick<
  ServerState,
  | "linkRole"
  | "linkDropped"
  | "linkAvailabilityMode"
  | "linkReplicaId"
  | "partnerEndpointUrl"
  | "heardPartnerMs"
>;

function linkFields(server: ServerState): LinkFields {
  return {
    linkRole: server.linkRole,
    linkDropped: server.linkDropped,
    linkAvailabilityMode: { ...server.linkAvailabilityMode },
    linkReplicaId: server.linkReplicaId,
    partnerEndpointUrl: null,
    heardPartnerMs: server.heardPartnerMs,
  };
}

/** Reads through to `server`, also after it has changed, but for the fields of its own. */
function sameServer(server: ServerState, own: LinkFields): ServerState {
  // Object.create is typed any; an object whose prototype is a ServerState has all that one has.
  return Object.assign(Object.create(server) as ServerState, own);
}
