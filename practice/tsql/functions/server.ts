// Built-in functions that ask the server, the session or the error being handled.
import type { SqlMessage, SqlValue } from "../../sql-types.ts";
import type { Binder, Runtime } from "../bind/binder.ts";
import { constant } from "../bind/binder.ts";
import { findTable } from "../bind/find-table.ts";
import { same } from "../bind/scope.ts";
import type { StaticType } from "../types/static-type.ts";
import { int, nvarchar, sysname, variant } from "../types/static-type.ts";
import type { Stored } from "../types/stored.ts";
import { encode } from "../types/stored.ts";
import type { BuiltIn, Present } from "./define.ts";
import { scalar } from "./define.ts";

/** A value the same for every row, without arguments. */
const fixed =
  (type: StaticType, value: (runtime: Runtime) => SqlValue): BuiltIn =>
  (_, binder: Binder) =>
    constant(binder, value(binder.runtime), type);

/** Database names and ids as sys.databases shows them to this login. */
function databases(runtime: Runtime): { readonly name: string; readonly id: number }[] {
  const { host, session } = runtime;
  const table = findTable(host, ["sys", "databases"], session.context);
  if (table === undefined) return [];
  const position = (name: string) => table.columns.findIndex((column) => same(column.name, name));
  const [nameAt, idAt] = [position("name"), position("database_id")];
  return host
    .rows(table, session.context, [])
    .map((row) => ({ name: String(row[nameAt]), id: Number(row[idAt]) }));
}

function databaseId(runtime: Runtime, name: string): number | null {
  return databases(runtime).find((database) => same(database.name, name))?.id ?? null;
}

const inCatch = (type: StaticType, read: (error: SqlMessage) => SqlValue): BuiltIn =>
  fixed(type, ({ caught }) => (caught === undefined ? null : read(caught)));

const login = fixed(sysname, ({ session }) => session.context.login);
const text = (value: Present | null | undefined): string | null =>
  value === null || value === undefined ? null : String(value);

/** A stable id for each table the host has; NULL for a name it has not. */
function objectId(name: string, { host, session }: Runtime): Stored {
  const path = name.split(".").map((part) => part.replaceAll(/^[["]|[\]"]$/gu, ""));
  const table = findTable(host, path, session.context);
  return table === undefined ? null : host.tables.indexOf(table) + 1;
}

export const serverFunctions: Readonly<Record<string, BuiltIn>> = {
  APPLOCK_MODE: scalar({
    takes: [sysname, nvarchar(255), nvarchar(32)],
    gives: nvarchar(32),
    run: ([, resource], { host, session }) =>
      host.applicationLockMode(session.context, String(resource)),
  }),
  APP_NAME: fixed(sysname, ({ session }) => session.context.programName ?? null),
  CURRENT_USER: fixed(sysname, () => "dbo"),
  DATABASEPROPERTYEX: scalar({
    takes: [sysname, nvarchar(128)],
    gives: variant,
    run: ([database, property], { host }) =>
      encode(host.databaseProperty(String(database), String(property)), variant),
  }),
  DB_ID: scalar({
    takes: [sysname],
    required: 0,
    gives: int,
    run: ([name], runtime) =>
      databaseId(runtime, String(name ?? runtime.session.context.currentDatabase)),
  }),
  DB_NAME: scalar({
    takes: [int],
    required: 0,
    gives: sysname,
    run: ([id], runtime) =>
      id === undefined
        ? runtime.session.context.currentDatabase
        : (databases(runtime).find((database) => database.id === Number(id))?.name ?? null),
  }),
  ERROR_LINE: inCatch(int, (error) => error.line ?? 1),
  ERROR_MESSAGE: inCatch(nvarchar(4000), (error) => error.text),
  ERROR_NUMBER: inCatch(int, (error) => error.number),
  ERROR_PROCEDURE: inCatch(sysname, (error) => error.procedure ?? null),
  ERROR_SEVERITY: inCatch(int, (error) => error.severity),
  ERROR_STATE: inCatch(int, (error) => error.state),
  HAS_PERMS_BY_NAME: scalar({
    takes: [nvarchar(4000), nvarchar(60), nvarchar(128)],
    gives: int,
    seesNull: true,
    run: ([securable, securableClass, permission], { host, session }) =>
      host.hasPermission(
        session.context,
        text(securable),
        text(securableClass),
        String(permission),
      ),
  }),
  HOST_NAME: fixed(sysname, ({ session }) => session.context.hostName ?? null),
  IS_SRVROLEMEMBER: scalar({
    takes: [sysname, sysname],
    required: 1,
    gives: int,
    run: ([role, login], { host, session }) =>
      host.isServerRoleMember(session.context, String(role), text(login) ?? undefined),
  }),
  OBJECT_ID: scalar({
    takes: [nvarchar(4000), nvarchar(2)],
    required: 1,
    gives: int,
    run: ([name], runtime) => objectId(String(name), runtime),
  }),
  ORIGINAL_LOGIN: login,
  SERVERPROPERTY: scalar({
    takes: [nvarchar(128)],
    gives: variant,
    run: ([name], { host }) => encode(host.serverProperty(String(name)), variant),
  }),
  SESSION_USER: fixed(sysname, () => "dbo"),
  SUSER_NAME: login,
  SUSER_SNAME: login,
  SYSTEM_USER: login,
  USER: fixed(sysname, () => "dbo"),
  USER_NAME: fixed(sysname, () => "dbo"),
  XACT_STATE: fixed(int, ({ session }) => (session.transactionCount > 0 ? 1 : 0)),
};
