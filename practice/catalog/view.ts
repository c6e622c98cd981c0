// What a catalog view is here: its columns with the SQL types they have on a server, and its rows for one server and asker.
import type { Column, SqlType, SqlValue } from "../sql-types.ts";
import type { TableDefinition } from "../tsql/host.ts";
import type { Year } from "../world/versions.ts";
import type { CatalogContext } from "./context.ts";

/**
 * Who may read a view, as the documentation of each view says:
 * - `anyone`: visible to every login.
 * - `definition`: without VIEW ANY DEFINITION the view is empty (metadata visibility), never an error.
 * - `serverState`: without VIEW SERVER STATE (2022 and newer: VIEW SERVER PERFORMANCE STATE) Msg 300 and 297.
 * - `ownSession`: without that permission only the asker's own session; the view itself filters.
 * - `database`: the permission to read the database the table is in.
 */
export type Access = "anyone" | "definition" | "serverState" | "ownSession" | "database";

export interface View {
  readonly definition: TableDefinition;
  readonly access: Access;
  /** Rows in column order, with NULL in what is not `used`. `args` are the arguments of a table-valued function. */
  rows(
    context: CatalogContext,
    args: readonly SqlValue[],
    used?: ReadonlySet<number>,
  ): readonly (readonly SqlValue[])[];
  /** The view without the columns that came after that release. */
  asOf(year: Year): View;
}

/** A column, how one item of the view fills it, and the release that brought it; without one all have it. */
export type Cell<Item> = readonly [
  name: string,
  type: SqlType,
  value: (item: Item, context: CatalogContext) => SqlValue,
  since?: Year,
];

export interface ViewPlan<Item> {
  /** `sys.databases`; a table of another database is written with three parts: `msdb.dbo.backupset`. */
  readonly name: string;
  /** Instead of the database in `name`: for a name that could hold dots. */
  readonly database?: string;
  readonly access: Access;
  readonly argumentCount?: number;
  items(context: CatalogContext, args: readonly SqlValue[]): readonly Item[];
  readonly cells: readonly Cell<Item>[];
}

/** A view from its items and its cells, so that a column and its value stand side by side. */
export function defineView<Item>(plan: ViewPlan<Item>): View {
  return {
    asOf: (year) =>
      defineView({ ...plan, cells: plan.cells.filter(([, , , since]) => (since ?? 0) <= year) }),
    definition: {
      ...nameParts(plan.name),
      ...(plan.database === undefined ? {} : { database: plan.database }),
      columns: plan.cells.map(([name, type]): Column => ({ name, type })),
      ...(plan.argumentCount === undefined ? {} : { argumentCount: plan.argumentCount }),
    },
    access: plan.access,
    rows: (context, args, used) =>
      plan
        .items(context, args)
        .map((item) =>
          plan.cells.map(([, , value], index) =>
            used === undefined || used.has(index) ? value(item, context) : null,
          ),
        ),
  };
}

function nameParts(name: string): { database: string; schema: string; name: string } {
  const [first = "", second = "", third] = name.split(".");
  return third === undefined
    ? { database: "master", schema: first, name: second }
    : { database: first, schema: second, name: third };
}
