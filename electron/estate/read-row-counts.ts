// Reads how many rows both sides' catalogs count in the tables of one database. Reads only, when somebody asks for it.
import { AppError } from "../../shared/errors/app-error.ts";
import type { RowCounts, SideRows } from "../../shared/rows/row-counts.ts";
import { readGuarded } from "./guarded.ts";
import { onlyRow } from "./queries/query.ts";
import { rowCountsOf } from "./queries/row-counts.ts";
import { serverQuery } from "./queries/server.ts";
import type { EstateSources, SideSource } from "./read.ts";

export interface CountedDatabase {
  readonly database: string;
  /** What SQL Server calls it, where that is another name. */
  readonly onBox?: string | undefined;
}

/** A side that cannot be read says why. Throws for a name that no database can have, and when `signal` aborts. */
export async function readRowCounts(
  sources: Pick<EstateSources, "box" | "instance">,
  { database, onBox = database }: CountedDatabase,
  signal?: AbortSignal,
): Promise<RowCounts> {
  const [box, instance] = await Promise.all([
    sideRows(sources.box, onBox, signal),
    sideRows(sources.instance, database, signal),
  ]);
  return { database, sides: { box, instance } };
}

async function sideRows(
  source: SideSource,
  database: string,
  signal: AbortSignal | undefined,
): Promise<SideRows> {
  if ("unreachable" in source) return { kind: "unreadable", because: source.unreachable.summary };
  try {
    const read = await readGuarded(
      source,
      [serverQuery, rowCountsOf(database)],
      ["definition"],
      signal,
    );
    if (read.kind === "failed") return { kind: "unreadable", because: read.problem.summary };
    if (read.kind === "notAllowed") {
      const because = `The login has no ${read.permission} on ${source.address}.`;
      return { kind: "unreadable", because };
    }
    const [serverRows, tables] = read.value;
    const { serverName, serverTime } = onlyRow(serverRows, source, serverQuery.name);
    return { kind: "seen", serverName, serverTime, tables };
  } catch (error) {
    signal?.throwIfAborted();
    if (!(error instanceof AppError)) throw error;
    return { kind: "unreadable", because: error.problem.summary };
  }
}
