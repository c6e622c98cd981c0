// The application's own table in the linked database: the rows that have reached this side.
import type { LogBlock, RestoredDatabase, WorldState } from "../world/state.ts";
import type { CatalogContext } from "./context.ts";
import { utcTime } from "./local-time.ts";
import { bigint, datetime2 } from "./types.ts";
import { defineView, type View } from "./view.ts";

export interface Order {
  readonly orderNumber: number;
  readonly committedAtMs: number;
}

/** The rows that have reached this side, in the order of their commits. */
export function ordersOf({ server: { copy } }: CatalogContext): readonly Order[] {
  return ordersIn(copy.log.slice(0, copy.redone));
}

export function ordersIn(blocks: readonly LogBlock[]): readonly Order[] {
  return blocks.flatMap((block) =>
    block.commits.flatMap(({ row }) =>
      row === undefined ? [] : [{ orderNumber: row, committedAtMs: block.writtenAtMs }],
    ),
  );
}

/** dbo.Orders of the linked database, whose name is the scenario's. */
export function ordersTable({ link }: WorldState): View {
  return ordersView(link.database, ordersOf);
}

/** dbo.Orders as the backup held it. */
export function restoredOrders({ name, blocks }: RestoredDatabase): View {
  return ordersView(name, () => ordersIn(blocks));
}

function ordersView(database: string, items: (context: CatalogContext) => readonly Order[]): View {
  return defineView<Order>({
    name: "dbo.Orders",
    database,
    access: "database",
    items,
    cells: [
      ["OrderNumber", bigint, (o) => o.orderNumber],
      // The application writes SYSUTCDATETIME(), so both sides show the same value.
      ["CommittedAt", datetime2(3), (o) => utcTime(o.committedAtMs)],
    ],
  });
}
