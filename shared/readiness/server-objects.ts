// What one server has of its own, as it was read: no link carries any of it to the other side. Contract.
import type { Fact } from "../estate/estate.ts";

/** sys.server_principals.type: SQL login, Windows user and group, Microsoft Entra user and group. */
export const loginTypes = ["S", "U", "G", "E", "X"] as const;
export type LoginType = (typeof loginTypes)[number];

export interface Login {
  readonly name: string;
  readonly type: LoginType;
  /** As T-SQL writes it: 0x and hexadecimal digits. */
  readonly sid: string;
  readonly isDisabled: boolean;
}

/** A user of one of the link's databases that stands on a login of the server. */
export interface LoginUser {
  readonly database: string;
  readonly name: string;
  readonly type: LoginType;
  readonly sid: string;
}

export interface AgentJob {
  readonly name: string;
  readonly isEnabled: boolean;
  /** One of its steps runs in a database of the link. */
  readonly usesLink: boolean;
}

export interface LogUse {
  readonly database: string;
  /** The part of the log that cannot be used again yet; null where the server does not tell. */
  readonly activeMb: number | null;
  readonly totalMb: number | null;
  readonly reuseWait: string;
}

/** SQL Server: the volumes of the databases' files. An instance: what it may hold, and what it holds. */
export type Space =
  | {
      readonly kind: "volumes";
      readonly volumes: readonly {
        readonly mountPoint: string;
        readonly totalBytes: number;
        readonly freeBytes: number;
      }[];
    }
  | { readonly kind: "reserved"; readonly reservedMb: number; readonly usedMb: number }
  | { readonly kind: "notTold" };

export interface ServerObjects {
  readonly collation: Fact<string>;
  readonly logins: Fact<readonly Login[]>;
  /** Of all databases of the link; a database that cannot be opened there hides them. */
  readonly users: Fact<readonly LoginUser[]>;
  readonly jobs: Fact<readonly AgentJob[]>;
  /** Names. */
  readonly linkedServers: Fact<readonly string[]>;
  /** Names. */
  readonly credentials: Fact<readonly string[]>;
  readonly logUse: Fact<readonly LogUse[]>;
  readonly space: Fact<Space>;
}
