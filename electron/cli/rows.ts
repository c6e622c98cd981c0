// rows: how many rows both sides' catalogs count in the tables of the link's databases, or of a database named by hand.
import { rowLines, rowVerdict } from "../../shared/rows/row-counts.ts";
import { findLinks } from "../../shared/estate/find-links.ts";
import { visibleText } from "../../shared/visible-text.ts";
import { readEstate } from "../estate/read.ts";
import { readRowCounts } from "../estate/read-row-counts.ts";
import type { Context } from "./context.ts";
import type { ExitCode } from "./exit-code.ts";
import { exitCodes } from "./exit-code.ts";
import { answer } from "./output.ts";

/** Failed where the numbers differ or there is nothing to count, unknown where a side was not read. */
export async function rows(context: Context): Promise<ExitCode> {
  const counts = [];
  for (const database of await databasesOf(context)) {
    counts.push(
      await readRowCounts(context.sources, { database, onBox: context.options.restoredAs }),
    );
  }
  const lines = counts.flatMap((one) => rowLines(one).map(visibleText));
  const none = ["No database to count in: name one with --database, since no link shows any."];
  answer(context, { rowCounts: counts }, lines.length === 0 ? none : lines);
  const kinds = counts.map((one) => rowVerdict(one).kind);
  if (kinds.includes("unknown")) return exitCodes.unknown;
  return kinds.length === 0 || kinds.includes("different") ? exitCodes.failed : exitCodes.done;
}

/** After a migration there is no link any more: then the database is named. */
async function databasesOf({ options, sources, clock }: Context): Promise<readonly string[]> {
  if (options.database !== undefined) return [options.database];
  const { links } = findLinks(await readEstate(sources, clock));
  return links
    .filter(({ name }) => options.linkName === undefined || name === options.linkName)
    .flatMap(({ databases }) => databases);
}
