// sys.master_files and sys.database_files: two files for each database, as the sizes in the log views need them.
import type { SqlValue } from "../sql-types.ts";
import type { CatalogContext } from "./context.ts";
import { databasesOf, findDatabase, type Database } from "./databases.ts";
import { logSizeKb } from "./log-space.ts";
import {
  bit,
  description,
  int,
  lsn,
  nvarchar,
  sysname,
  tinyint,
  uniqueidentifier,
} from "./types.ts";
import { stableGuid } from "./stable-id.ts";
import { defineView, type Cell } from "./view.ts";

interface DatabaseFile {
  readonly database: Database;
  readonly isLog: boolean;
  /** Of a restored database: as it was put there. */
  readonly placed?: { readonly logicalName: string; readonly path: string };
}

const pageKb = 8;
const dataPages = 204_800;

const fileCells: readonly Cell<DatabaseFile>[] = [
  ["file_id", int, (f) => (f.isLog ? 2 : 1)],
  ["file_guid", uniqueidentifier, (f) => stableGuid(`${f.database.name} ${logicalName(f)}`)],
  ["type", tinyint, (f) => (f.isLog ? 1 : 0)],
  ["type_desc", description, (f) => (f.isLog ? "LOG" : "ROWS")],
  ["data_space_id", int, (f) => (f.isLog ? 0 : 1)],
  ["name", sysname, logicalName],
  ["physical_name", nvarchar(260), physicalName],
  ["state", tinyint, () => 0],
  ["state_desc", description, () => "ONLINE"],
  ["size", int, (f, { server }) => (f.isLog ? Math.ceil(logSizeKb(server) / pageKb) : dataPages)],
  ["max_size", int, () => -1],
  ["growth", int, () => 8192],
  ["is_read_only", bit, () => false],
  ["is_percent_growth", bit, () => false],
  ["redo_start_lsn", lsn, (): SqlValue => null],
];

export const masterFiles = defineView<DatabaseFile>({
  name: "sys.master_files",
  access: "definition",
  items: ({ state, server }) => databasesOf(state, server).flatMap(filesOf),
  cells: [["database_id", int, (f) => f.database.id], ...fileCells],
});

export const databaseFiles = defineView<DatabaseFile>({
  name: "sys.database_files",
  access: "anyone",
  items: ({ state, server, asker }) => {
    const current = findDatabase(state, server, asker.currentDatabase);
    return current === undefined ? [] : filesOf(current);
  },
  cells: fileCells,
});

/** Data and log of one database together, KB. */
export function databaseSizeKb(database: Database, { server }: CatalogContext): number {
  return filesOf(database).reduce(
    (sum, { isLog }) => sum + (isLog ? logSizeKb(server) : dataPages * pageKb),
    0,
  );
}

function filesOf(database: Database): DatabaseFile[] {
  if (database.restored !== undefined) {
    return database.restored.files
      .filter(({ type }) => type !== "S")
      .map((placed) => ({ database, isLog: placed.type === "L", placed }));
  }
  return [
    { database, isLog: false },
    { database, isLog: true },
  ];
}

/** The instance names the files of a linked database itself. */
function logicalName({ database, isLog, placed }: DatabaseFile, context?: CatalogContext): string {
  if (placed !== undefined) return placed.logicalName;
  if (context?.server.key === "instance") return isLog ? "log" : "data_0";
  return isLog ? `${database.name}_log` : database.name;
}

function physicalName(file: DatabaseFile, context: CatalogContext): string {
  if (file.placed !== undefined) return file.placed.path;
  const name = logicalName(file, context) + (file.isLog ? ".ldf" : ".mdf");
  return context.server.key === "instance"
    ? `https://practice.blob.invalid/${file.database.id}/${name}`
    : `C:\\Program Files\\Microsoft SQL Server\\MSSQL\\DATA\\${name}`;
}
