// SQL Server's message number to what it means and what to do.
import { visibleText } from "../visible-text.ts";
import type { Problem } from "./app-error.ts";
import type { SqlErrorRow } from "./sql-error-row.ts";
import { connectErrors } from "./sql-errors-connect.ts";
import { failoverErrors } from "./sql-errors-failover.ts";
import { groupErrors } from "./sql-errors-group.ts";
import { linkErrors } from "./sql-errors-link.ts";
import { replicaErrors } from "./sql-errors-replica.ts";

/** One row for every meaning. */
export const sqlErrorRows: readonly SqlErrorRow[] = [
  ...failoverErrors,
  ...linkErrors,
  ...groupErrors,
  ...replicaErrors,
  ...connectErrors,
];

/** Every number with its row. */
export const sqlErrors: ReadonlyMap<number, SqlErrorRow> = new Map(
  sqlErrorRows.flatMap((row) => row.numbers.map((number) => [number, row] as const)),
);

/**
 * The problem behind an error that `server` answered. A number without a row, also one no source was found for,
 * is `ambiguous`: nothing is concluded from it and the server's own words are shown.
 */
export function problemFromSqlError(number: number, serverText: string, server: string): Problem {
  const row = sqlErrors.get(number);
  const name = visibleText(server);
  return {
    code: row?.code ?? `sql${number}`,
    class: row?.class ?? "ambiguous",
    summary: fill(row?.meaning ?? `{server} answered with error ${number}.`, name),
    detail: `Msg ${number}: ${serverText}`,
    remedy: fill(row?.remedy ?? "Read the message and both sides before any other step.", name),
    sqlNumber: number,
  };
}

function fill(sentence: string, server: string): string {
  return sentence.replaceAll("{server}", () => server);
}
