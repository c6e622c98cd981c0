// What the catalog views are read from: the world, the sessions and locks of one server, and who asks.
import type { ServerState, WorldState } from "../world/state.ts";
import type { SessionContext } from "../tsql/host.ts";

/** A logged-in TDS connection as the session DMVs show it. Times are world time, ms. */
export interface ClientSession extends SessionContext {
  readonly connectionId: string;
  readonly host: string;
  readonly program: string;
  readonly clientLibrary: string;
  readonly hostProcessId: number;
  readonly loginTimeMs: number;
  readonly encrypted: boolean;
  readonly readOnlyIntent: boolean;
  readonly lastRequestStartMs: number;
  readonly lastRequestEndMs: number;
  /** The batch that runs now. */
  readonly request: { readonly text: string; readonly startedMs: number } | null;
}

/** Modes of sp_getapplock as it spells them. */
export type LockMode = "Shared" | "Update" | "Exclusive" | "IntentShared" | "IntentExclusive";

/** One application lock, held or waited for. */
export interface ApplicationLock {
  readonly sessionId: number;
  readonly database: string;
  readonly resource: string;
  readonly mode: LockMode;
  readonly status: "GRANT" | "WAIT";
  readonly count: number;
}

/** A login of the server. */
export interface ServerLogin {
  readonly name: string;
  /** By password, FROM WINDOWS, or FROM EXTERNAL PROVIDER (Microsoft Entra). */
  readonly kind: "sql" | "windows" | "external";
  readonly isDisabled: boolean;
  readonly sid: Uint8Array;
}

export interface CatalogContext {
  readonly state: WorldState;
  readonly server: ServerState;
  /** The other side of the link. */
  readonly peer: ServerState;
  readonly asker: SessionContext;
  /** VIEW ANY DEFINITION. */
  readonly seesDefinitions: boolean;
  /** ALTER ANY DATABASE or VIEW ANY DATABASE. */
  readonly seesDatabases: boolean;
  /** Not kept to its own session: VIEW SERVER STATE, or since 2022 VIEW SERVER PERFORMANCE STATE. */
  readonly seesAllSessions: boolean;
  readonly isSysadmin: boolean;
  /** ALTER ANY LINKED SERVER or ALTER ANY LOGIN: also those without the default login mapping. */
  readonly seesLinkedServers: boolean;
  readonly clients: readonly ClientSession[];
  readonly locks: readonly ApplicationLock[];
  readonly logins: readonly ServerLogin[];
  /** The TDS port clients connect to. */
  readonly port: number;
}
