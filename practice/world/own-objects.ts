// What a server has of its own, that no link carries to the other side: logins, jobs, linked servers, credentials, collation, disk.
import type { ServerStatement } from "../tsql/host.ts";
import { sameName } from "./groups.ts";
import type { ServerState } from "./state.ts";

/** A job of SQL Server Agent, with the databases its T-SQL steps run in. */
export interface AgentJob {
  readonly name: string;
  readonly isEnabled: boolean;
  readonly databases: readonly string[];
}

export interface LinkedServer {
  readonly name: string;
  readonly product: string;
  readonly dataSource: string;
  /** Without the default login mapping only who may alter linked servers sees it ("sys.servers", Permissions). */
  readonly hasDefaultMapping: boolean;
}

/** Made by CREATE LOGIN; `sid` as 0x and hexadecimal digits, null: as the server makes it of the name. */
export interface CreatedLogin {
  readonly name: string;
  readonly kind: "sql" | "external";
  readonly sid: string | null;
}

export interface OwnObjects {
  /** Logins of the applications that this server does not have. */
  missingLogins: readonly string[];
  /** Logins that somebody made here by name alone: their SID is another one than that of the database's user. */
  strangerLogins: readonly string[];
  createdLogins: readonly CreatedLogin[];
  jobs: readonly AgentJob[];
  linkedServers: readonly LinkedServer[];
  collation: string;
  /** The volume of the database files; SQL Server alone has one. */
  volume: { readonly totalMb: number; readonly freeMb: number };
  /** What the instance may hold; SQL Server has no such limit. */
  reservedStorageMb: number;
}

export const usualObjects: OwnObjects = {
  missingLogins: [],
  strangerLogins: [],
  createdLogins: [],
  jobs: [],
  linkedServers: [],
  collation: "SQL_Latin1_General_CP1_CI_AS",
  volume: { totalMb: 512_000, freeMb: 301_000 },
  reservedStorageMb: 262_144,
};

/** CREATE LOGIN, once the server has let it pass. Nobody connects with it: its password is not kept. */
export function createLogin(
  { surroundings: { objects } }: ServerState,
  { login, from, sid }: Extract<ServerStatement, { kind: "createLogin" }>,
): void {
  objects.createdLogins = [...objects.createdLogins, { name: login, kind: from, sid }];
}

/** DROP LOGIN, once the server has let it pass: its users in databases stay. */
export function dropLogin({ surroundings: { objects } }: ServerState, name: string): void {
  const others = objects.createdLogins.filter((one) => !sameName(one.name, name));
  if (others.length < objects.createdLogins.length) objects.createdLogins = others;
  else objects.missingLogins = [...objects.missingLogins, name];
}
