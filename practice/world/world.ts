// The practice world's one door: time passes here and everything that changes goes through here. Contract (types only here).
import type { SqlOutput } from "../sql-types.ts";
import type { ServerStatement, SessionContext } from "../tsql/host.ts";
import type { BackupFaults, FailoverFailure, LostAnswer, Times } from "./engine-state.ts";
import type { LinkFate, LinkOperation, LinkRequest } from "./link-operation.ts";
import type { ServerKey, WorldState } from "./state.ts";

/** A fault that can be switched on and off while the world runs. */
export type Fault =
  | { readonly kind: "linkDisconnected"; readonly on: boolean }
  | { readonly kind: "suspended"; readonly server: ServerKey; readonly on: boolean }
  | { readonly kind: "restart"; readonly server: ServerKey }
  /** Connections are cut, and new ones are taken and fall, or find nobody who listens; default `falls`. */
  | {
      readonly kind: "unreachable";
      readonly server: ServerKey;
      readonly on: boolean;
      readonly how?: "falls" | "refused" | undefined;
    }
  | { readonly kind: "dropConnections"; readonly server: ServerKey }
  | { readonly kind: "rolesMoved" }
  | { readonly kind: "networkDelay"; readonly ms: number }
  /** The next FAILOVER that the engine accepts ends with this error. Strikes once. */
  | ({ readonly kind: "failoverOutcome" } & FailoverFailure)
  /** The next role change, whoever begins it, stays RESOLVING for that much longer. Strikes once. */
  | { readonly kind: "roleChangeStalls"; readonly ms: number }
  /** The client of the next FAILOVER that the engine accepts never hears how it ended. Strikes once. */
  | ({ readonly kind: "answerLost" } & LostAnswer)
  /** One client's connection, now: `cut` closes it, `silence` leaves it open with nothing passing any more. */
  | {
      readonly kind: "connectionLost";
      readonly server: ServerKey;
      readonly sessionId: number;
      readonly how: LostAnswer["how"];
    }
  /**
   * The operator's line to a server takes connections and bytes and answers nothing. A connection used meanwhile stays
   * silent for good, and what it had begun runs on; the application and the link have lines of their own.
   */
  | { readonly kind: "blackhole"; readonly server: ServerKey; readonly on: boolean }
  /** SQL Server's local group fails over to its other node, and back: the node connected to is SECONDARY while `on`. */
  | { readonly kind: "localGroupMoves"; readonly on: boolean }
  /** The instance makes no backups of its own while `on`; those that were due come some seconds after. */
  | { readonly kind: "noAutomaticBackups"; readonly on: boolean }
  /** A right of the practice login, as `deniedPermissions` of a scenario names it. */
  | {
      readonly kind: "permissionTaken";
      readonly server: ServerKey;
      readonly permission: string;
      readonly on: boolean;
    }
  /** Users commit that many rows at once, where the server takes writing. */
  | { readonly kind: "userCommits"; readonly server: ServerKey; readonly rows: number }
  /** A user commits a row while a backup runs on the server: in the next one, in each, or never again. */
  | { readonly kind: "commitDuringBackup"; readonly server: ServerKey; readonly times: Times }
  /** A user commits a row that long after a backup on the server has ended. */
  | {
      readonly kind: "commitAfterBackup";
      readonly server: ServerKey;
      readonly times: Times;
      readonly afterMs: number;
    }
  /** How the devices behave that the server's backups are written to, until it is said anew. */
  | {
      readonly kind: "backupDevice";
      readonly server: ServerKey;
      readonly how: BackupFaults["device"];
    }
  /** How the sets come out that the server writes from now on. */
  | {
      readonly kind: "backupDamage";
      readonly server: ServerKey;
      readonly how: BackupFaults["damage"];
    }
  /**
   * The server's log chain up to now: `simpleModel`, the recovery model was SIMPLE for a while, so that no backup counts any
   * more; `logBackupMissing`, another tool took the newest log backup and its file is gone; `otherFork`, the database was put
   * back to before its backups, which belong to a fork that was left.
   */
  | {
      readonly kind: "logChain";
      readonly server: ServerKey;
      readonly how: "simpleModel" | "logBackupMissing" | "otherFork";
    }
  /** Somebody forces this server to be primary, or demotes it. Where the engine refuses it nothing happens. */
  | { readonly kind: "forced"; readonly server: ServerKey }
  | { readonly kind: "demoted"; readonly server: ServerKey }
  /** The owners of the applications stop them; what goes on after that ends too, and does not come back. */
  | { readonly kind: "writersStopped" };

export interface World {
  /** Live state; readers must not change it. Reading first catches the world up with its clock. */
  readonly state: WorldState;
  /** The same world seen with SQL Server's other link and its instance; null: there is none. */
  readonly otherLink: World | null;
  /** Virtual time forward by `ms`, in fixed steps, also when the clock is real. */
  advance(ms: number): void;
  /** Resolves when world time has passed `ms` more; rejects with the signal's reason when aborted. */
  wait(ms: number, signal: AbortSignal): Promise<void>;
  /** Resolves when `holds` says so, asked after each step; rejects with the signal's reason when aborted. */
  when(holds: () => boolean, signal: AbortSignal): Promise<void>;
  /** Carries out ALTER/DROP AVAILABILITY GROUP, ALTER DATABASE, BACKUP, RESTORE VERIFYONLY. Throws SqlError. */
  run(
    server: ServerKey,
    statement: ServerStatement,
    session: SessionContext,
    signal: AbortSignal,
  ): AsyncIterable<SqlOutput>;
  /**
   * Asks Azure to change the link, for `login`; the answer tells how it goes on. Throws LinkIsBusy, and SqlError for what
   * the engine refuses.
   */
  changeLink(request: LinkRequest, login: string, fate: LinkFate): LinkOperation;
  /** The workload of the application: stop ends its sessions after their last commit. */
  setWorkload(running: boolean): void;
  /** Ends one workload session, as KILL does; false when there is none of that number. */
  killWorkloadSession(server: ServerKey, sessionId: number): boolean;
  fault(fault: Fault): void;
  /** No time passes any more: what waits for it, whatever its client does, is given up. */
  end(): void;
  /**
   * Called after every fault: practice/server cuts its connections on restart, unreachable and dropConnections, and one
   * of them on connectionLost, and stops listening where they are refused. Returns the way to stop it.
   */
  onFault(listener: (fault: Fault) => void): () => void;
  /** Writes one received batch into `state.statements`; call what it returns with the outcome. */
  received(
    server: ServerKey,
    text: string,
    session: SessionContext,
  ): (outcome: "done" | "error" | "cancelled", error?: number) => void;
}
