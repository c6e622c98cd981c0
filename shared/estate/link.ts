// One link as both sides tell it: the distributed availability group found on each, matched by its names. Contract.
import type { Problem } from "../errors/app-error.ts";
import type { AvailabilityGroup, Replica, ReplicaDatabase, Role } from "./estate.ts";

export interface Link {
  /** The distributed availability group's name. */
  readonly name: string;
  readonly databases: readonly string[];
  readonly box: LinkEnd;
  readonly instance: LinkEnd;
}

/** What one side says of the link. */
export type LinkEnd =
  | { readonly kind: "unreachable"; readonly problem: Problem }
  | { readonly kind: "notAllowed"; readonly permission: string }
  | { readonly kind: "failed"; readonly problem: Problem }
  | { readonly kind: "absent" }
  | SeenLinkEnd;

export interface SeenLinkEnd {
  readonly kind: "seen";
  readonly group: AvailabilityGroup;
  /** The distributed group's replica row with is_local = 1, and the other one. */
  readonly own: Replica | undefined;
  readonly remote: Replica | undefined;
  /** Role of this side; null where this node cannot tell (no local row, or not the primary node of its local group). */
  readonly role: Role | null;
  /** endpoint_url of the remote replica row, where it can be seen: says which partner this side really replicates with. */
  readonly partnerEndpointUrl: string | null;
  /** The local availability group behind the link, where its rows are visible (SQL Server). */
  readonly localGroup: AvailabilityGroup | undefined;
  /** SQL Server: whether this node is PRIMARY of the local group; a distributed row on another node shows roles upside down. null on the instance. */
  readonly isLocalPrimary: boolean | null;
  /** Rows of the link's databases on this side, local and remote, distributed and local group. */
  readonly databases: readonly ReplicaDatabase[];
}
