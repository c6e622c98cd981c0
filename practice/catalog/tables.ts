// sys.schemas, sys.tables and sys.partitions of the linked database or a restored one: its one table, and how many rows the catalog counts in it.
import type { CatalogContext } from "./context.ts";
import { localTime } from "./local-time.ts";
import { bigint, bit, datetime, description, int, sysname, varchar } from "./types.ts";
import { defineView, type View } from "./view.ts";

const dboSchemaId = 1;
const ordersId = 885_578_193;

/** Metadata visibility: without VIEW ANY DEFINITION an object that is not one's own does not show. */
function ifSeen<Item>({ seesDefinitions }: CatalogContext, item: Item): readonly Item[] {
  return seesDefinitions ? [item] : [];
}

/** The three views belong to the database of that name. */
export function tableViews(
  database: string,
  rowsIn: (context: CatalogContext) => number,
): readonly View[] {
  return [
    defineView<{ readonly name: string; readonly id: number }>({
      name: "sys.schemas",
      database,
      access: "database",
      items: () => [
        { name: "dbo", id: dboSchemaId },
        { name: "guest", id: 2 },
        { name: "INFORMATION_SCHEMA", id: 3 },
        { name: "sys", id: 4 },
      ],
      cells: [
        ["name", sysname, (s) => s.name],
        ["schema_id", int, (s) => s.id],
        ["principal_id", int, (s) => s.id],
      ],
    }),
    defineView<string>({
      name: "sys.tables",
      database,
      access: "database",
      items: (context) => ifSeen(context, "Orders"),
      cells: [
        ["name", sysname, (name) => name],
        ["object_id", int, () => ordersId],
        ["schema_id", int, () => dboSchemaId],
        ["type", varchar(2), () => "U"],
        ["type_desc", description, () => "USER_TABLE"],
        ["create_date", datetime, (_, context) => localTime(context.server.startedMs, context)],
        ["modify_date", datetime, (_, context) => localTime(context.server.startedMs, context)],
        ["is_ms_shipped", bit, () => false],
      ],
    }),
    defineView<number>({
      name: "sys.partitions",
      database,
      access: "database",
      items: (context) => ifSeen(context, rowsIn(context)),
      cells: [
        ["partition_id", bigint, () => 72_057_594_043_105_280n],
        ["object_id", int, () => ordersId],
        // 1: the clustered index, which is the table.
        ["index_id", int, () => 1],
        ["partition_number", int, () => 1],
        ["hobt_id", bigint, () => 72_057_594_043_105_280n],
        ["rows", bigint, (rows) => rows],
      ],
    }),
  ];
}
