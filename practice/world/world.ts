// The practice world's one door: time passes here and everything that changes goes through here. Contract (types only here).
import type { SqlOutput } from "../sql-types.ts";
import type { ServerStatement, SessionContext } from "../tsql/host.ts";
import type { ServerKey, WorldState } from "./state.ts";

/** A fault that can be switched on and off while the world runs. */
export type Fault =
  | { readonly kind: "linkDisconnected"; readonly on: boolean }
  | { readonly kind: "suspended"; readonly server: ServerKey; readonly on: boolean }
  | { readonly kind: "restart"; readonly server: ServerKey }
  | { readonly kind: "unreachable"; readonly server: ServerKey; readonly on: boolean }
  | { readonly kind: "dropConnections"; readonly server: ServerKey }
  | { readonly kind: "rolesMoved" }
  | { readonly kind: "networkDelay"; readonly ms: number };

export interface World {
  /** Live state; readers must not change it. Reading first catches the world up with its clock. */
  readonly state: WorldState;
  /** Virtual time forward by `ms`, in fixed steps, also when the clock is real. */
  advance(ms: number): void;
  /** Resolves when world time has passed `ms` more; rejects with the signal's reason when aborted. */
  wait(ms: number, signal: AbortSignal): Promise<void>;
  /** Carries out ALTER/DROP AVAILABILITY GROUP, ALTER DATABASE, BACKUP, RESTORE VERIFYONLY. Throws SqlError. */
  run(
    server: ServerKey,
    statement: ServerStatement,
    session: SessionContext,
    signal: AbortSignal,
  ): AsyncIterable<SqlOutput>;
  /** The workload of the application: stop ends its sessions after their last commit. */
  setWorkload(running: boolean): void;
  /** Ends one workload session, as KILL does; false when there is none of that number. */
  killWorkloadSession(server: ServerKey, sessionId: number): boolean;
  fault(fault: Fault): void;
  /** Called after every fault: practice/server cuts its connections on restart, unreachable and dropConnections. Returns the way to stop it. */
  onFault(listener: (fault: Fault) => void): () => void;
  /** Writes one received batch into `state.statements`; call what it returns with the outcome. */
  received(
    server: ServerKey,
    text: string,
    session: SessionContext,
  ): (outcome: "done" | "error" | "cancelled", error?: number) => void;
}
