// What a scenario is: a world's beginning as data, and the faults that come by themselves.
import type { EngineLimits, SessionPlan } from "../world/engine-state.ts";
import type {
  Credential,
  LinkSettings,
  ServerKey,
  ServerState,
  WorldSettings,
} from "../world/state.ts";
import type { Surroundings } from "../world/surroundings.ts";
import type { Fault } from "../world/world.ts";

/** A server as it stands when the world begins. */
export type ServerPlan = Pick<
  ServerState,
  | "name"
  | "machineName"
  | "productVersion"
  | "productLevel"
  | "productUpdateLevel"
  | "productUpdateType"
  | "edition"
  | "engineEdition"
  | "serviceTier"
  | "offsetMinutes"
  | "groupName"
  | "groupId"
  | "clusterType"
  | "otherNodes"
  | "replicaId"
  | "linkReplicaId"
  | "localRole"
  | "localPrimaryReplica"
  | "secondaryAllowConnections"
  | "partnerEndpointUrl"
  | "deniedPermissions"
> & {
  /** The endpoint certificate runs out this long after the world's start. */
  readonly certificateValidMs: number;
  /** The instance of SQL Server started this long before the world. */
  readonly upForMs: number;
  /** Default none. */
  readonly credentials?: readonly Pick<Credential, "name" | "identity" | "secret">[];
  /** Where it is not as a link's wizard leaves it. */
  readonly surroundings?: Partial<Surroundings>;
};

/** A second link of the same database and group, to another instance; `boxReplicaId` is SQL Server's replica in it. */
export interface OtherLinkPlan extends Pick<LinkSettings, "name" | "groupId"> {
  readonly boxReplicaId: string;
  readonly instance: ServerPlan;
}

export interface WorkloadPlan {
  /** One of the sessions commits every so often, ms. */
  readonly commitEveryMs: number;
  readonly kbPerCommit: number;
  /** A system task commits every so often, ms; null: none. */
  readonly systemCommitEveryMs: number | null;
  /** The application connects to the new primary by itself after a role change. */
  readonly followsPrimary: boolean;
  readonly sessions: readonly SessionPlan[];
}

export interface Scenario {
  /** As on the command line: kebab-case. */
  readonly name: string;
  /** One line for `--list`. */
  readonly summary: string;
  readonly settings: WorldSettings;
  readonly engine: EngineLimits;
  readonly link: Omit<LinkSettings, "connected">;
  readonly otherLink?: OtherLinkPlan;
  readonly box: ServerPlan;
  readonly instance: ServerPlan;
  /** The side that is primary when the world begins. */
  readonly primary: ServerKey;
  readonly workload: WorkloadPlan;
  /** The world has been running for this long when it is handed over, so that queues and times are those of a live link. */
  readonly runningForMs: number;
  /** Faults by themselves, at world time relative to the hand-over (negative: before it), ms. */
  readonly events: readonly { readonly atMs: number; readonly fault: Fault }[];
}
