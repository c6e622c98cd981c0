// Which table of the host a dotted name means.
import type { SessionContext, TableDefinition, TsqlHost } from "../host.ts";
import { same } from "./scope.ts";

/**
 * `path` is [[database,] schema,] name with empty parts for omitted ones. sys views belong to every database; other
 * tables to their own, the current one when none is named; an omitted schema is dbo. Undefined when there is none.
 */
export function findTable(
  host: TsqlHost,
  path: readonly string[],
  context: SessionContext,
): TableDefinition | undefined {
  const [name = "", schemaPart = "", databasePart = "", server = ""] = path.toReversed();
  if (server !== "" && !same(server, host.serverName)) return undefined;
  const schema = schemaPart === "" ? "dbo" : schemaPart;
  const database = databasePart === "" ? context.currentDatabase : databasePart;
  return host.tables.find(
    (table) =>
      same(table.name, name) &&
      same(table.schema, schema) &&
      (same(table.database, database) || isEverywhere(table)),
  );
}

const isEverywhere = (table: TableDefinition): boolean =>
  same(table.schema, "sys") && same(table.database, "master");
