// What the T-SQL front end asks of the server it speaks for, and the statements it hands over to it. Contract.
import type { Column, SqlOutput, SqlValue } from "../sql-types.ts";

/** A catalog view, DMV or user table. `name` as a query writes it without the database: `sys.databases`, `dbo.backupset`. */
export interface TableDefinition {
  /** `master` for the views every database shows (sys.*), `msdb` or a user database for its own tables. */
  readonly database: string;
  readonly schema: string;
  readonly name: string;
  readonly columns: readonly Column[];
  /** For table-valued functions such as sys.dm_db_log_stats: the number of arguments. */
  readonly argumentCount?: number;
}

/** Who asks. One per connection; `currentDatabase` follows USE. */
export interface SessionContext {
  readonly sessionId: number;
  readonly login: string;
  readonly currentDatabase: string;
  /** For HOST_NAME() and APP_NAME(); NULL there when absent. */
  readonly hostName?: string;
  readonly programName?: string;
}

/** Statements the front end parses and the server carries out. Names are unquoted. */
export type ServerStatement =
  | { readonly kind: "availabilityGroupFailover"; readonly group: string }
  | { readonly kind: "availabilityGroupForceFailover"; readonly group: string }
  /** SET (ROLE = SECONDARY), SET (REQUIRED_SYNCHRONIZED_SECONDARIES_TO_COMMIT = n) */
  | { readonly kind: "availabilityGroupSet"; readonly group: string; readonly options: OptionMap }
  /** MODIFY AVAILABILITY GROUP ON N'a' WITH (...), N'b' WITH (...) */
  | {
      readonly kind: "availabilityGroupModifyGroups";
      readonly group: string;
      readonly members: readonly MemberOptions[];
    }
  /** MODIFY REPLICA ON N'server' WITH (...); nested options such as SECONDARY_ROLE (ALLOW_CONNECTIONS = ALL) keep `SECONDARY_ROLE.ALLOW_CONNECTIONS`. */
  | {
      readonly kind: "availabilityGroupModifyReplica";
      readonly group: string;
      readonly members: readonly MemberOptions[];
    }
  | { readonly kind: "dropAvailabilityGroup"; readonly group: string }
  | { readonly kind: "dropEndpoint"; readonly endpoint: string }
  | { readonly kind: "dropCertificate"; readonly certificate: string }
  /** DBCC TRACEON and TRACEOFF with -1: for the whole server. */
  | {
      readonly kind: "dbccTrace";
      readonly on: boolean;
      readonly flags: readonly number[];
      readonly messages: boolean;
    }
  /** DBCC TRACESTATUS; no flags: those that are on. */
  | {
      readonly kind: "dbccTraceStatus";
      readonly flags: readonly number[];
      readonly messages: boolean;
    }
  /** ALTER DATABASE [db] SET HADR RESUME | SUSPEND | OFF */
  | {
      readonly kind: "databaseSetHadr";
      readonly database: string;
      readonly action: "RESUME" | "SUSPEND" | "OFF";
    }
  /** ALTER DATABASE [db] SET READ_ONLY | READ_WRITE ... (and other SET options): the words after SET. */
  | { readonly kind: "databaseSet"; readonly database: string; readonly words: readonly string[] }
  | {
      readonly kind: "backup";
      readonly what: "LOG" | "DATABASE";
      readonly database: string;
      readonly to: readonly BackupMedium[];
      readonly options: OptionMap;
    }
  | {
      readonly kind: "restoreRead";
      readonly what: "VERIFYONLY" | "HEADERONLY" | "FILELISTONLY";
      readonly from: readonly BackupMedium[];
      readonly options: OptionMap;
    }
  /** RESTORE DATABASE: `from` is empty where the statement names no device (RESTORE DATABASE db WITH RECOVERY). */
  | {
      readonly kind: "restoreDatabase";
      readonly database: string;
      readonly from: readonly BackupMedium[];
      /** MOVE 'logical name' TO 'file', by logical name. */
      readonly moves: OptionMap;
      readonly options: OptionMap;
    }
  | { readonly kind: "dropDatabase"; readonly database: string }
  /** ALTER DATABASE db MODIFY NAME = name */
  | { readonly kind: "renameDatabase"; readonly database: string; readonly name: string }
  | {
      readonly kind: "createCredential";
      readonly name: string;
      readonly identity: string;
      readonly secret: string | null;
    }
  | { readonly kind: "dropCredential"; readonly name: string }
  | { readonly kind: "kill"; readonly sessionId: number; readonly statusOnly: boolean }
  | { readonly kind: "alterLogin"; readonly login: string; readonly action: "ENABLE" | "DISABLE" }
  /** CREATE LOGIN login WITH PASSWORD = '...' [, SID = sid], or FROM EXTERNAL PROVIDER; `sid` as 0x and digits. */
  | {
      readonly kind: "createLogin";
      readonly login: string;
      readonly from: "sql" | "external";
      readonly sid: string | null;
    }
  | { readonly kind: "dropLogin"; readonly login: string }
  | { readonly kind: "createServerRole" | "dropServerRole"; readonly role: string }
  /** ALTER SERVER ROLE role ADD | DROP MEMBER member */
  | {
      readonly kind: "alterServerRole";
      readonly role: string;
      readonly action: "ADD" | "DROP";
      readonly member: string;
    }
  /** EXEC procedure: named arguments keep their `@name`, positional ones are '@1', '@2', ... Answers through outputs; a returnStatus output carries the return value. */
  | {
      readonly kind: "procedure";
      readonly name: string;
      readonly arguments: ReadonlyMap<string, SqlValue>;
    };

/** A file of a backup. */
export interface BackupMedium {
  readonly kind: "DISK" | "URL";
  readonly path: string;
}

export type OptionMap = ReadonlyMap<string, string>;
export interface MemberOptions {
  readonly name: string;
  readonly options: OptionMap;
}

/** The server behind the front end. Methods throw SqlError for what the real server refuses. */
export interface TsqlHost {
  readonly serverName: string;
  /** Every table there is, for name resolution (Msg 208 for the rest). */
  readonly tables: readonly TableDefinition[];
  /** Functions this front end has and the server's version has not, by upper-case name (Msg 195). */
  readonly unknownFunctions?: ReadonlySet<string>;
  /**
   * Current rows, in column order; of columns whose index is not in `used` the value does not matter. Throws for a missing
   * permission (Msg 300/297) or hides rows (catalog views).
   */
  rows(
    table: TableDefinition,
    session: SessionContext,
    args: readonly SqlValue[],
    used?: ReadonlySet<number>,
  ): readonly (readonly SqlValue[])[];
  /** SERVERPROPERTY(name); null for an unknown name. */
  serverProperty(name: string): SqlValue;
  /** DATABASEPROPERTYEX(database, property); null when either is unknown. */
  databaseProperty(database: string, property: string): SqlValue;
  /** HAS_PERMS_BY_NAME(securable, securableClass, permission): 1, 0 or null. */
  hasPermission(
    session: SessionContext,
    securable: string | null,
    securableClass: string | null,
    permission: string,
  ): 0 | 1 | null;
  /** IS_SRVROLEMEMBER(role, login): 1, 0 or null for an unknown role or login. Without `login` the session's own. */
  isServerRoleMember(session: SessionContext, role: string, login?: string): 0 | 1 | null;
  /** APPLOCK_MODE(principal, resource, owner): 'NoLock', 'Exclusive', ... */
  applicationLockMode(session: SessionContext, resource: string): string;
  /** @@VERSION, @@SERVERNAME and other globals by upper-case name without @@; undefined for an unknown one. */
  globalVariable(name: string, session: SessionContext): SqlValue | undefined;
  /** The server's wall clock: milliseconds since 1970 UTC and the zone it shows. */
  now(): { readonly utcMs: number; readonly offsetMinutes: number };
  /** USE and login: the database's own spelling. Throws 911, 916 or 983. */
  openDatabase(name: string, session: SessionContext): string;
  /** Carries out one statement. */
  run(
    statement: ServerStatement,
    session: SessionContext,
    signal: AbortSignal,
  ): AsyncIterable<SqlOutput>;
  /** WAITFOR DELAY, in the server's own (possibly fast) time. Rejects with the signal's reason when aborted. */
  wait(delayMs: number, signal: AbortSignal): Promise<void>;
  /** Every batch as received, before it runs; the world's statement log. Returns a function to call with the outcome. */
  received(
    text: string,
    session: SessionContext,
  ): (outcome: "done" | "error" | "cancelled", error?: number) => void;
}
