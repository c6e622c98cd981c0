// One reading query: its text and the shape of its rows. Several make one batch, with one result set each.
import { z } from "zod";
import { AppError } from "../../../shared/errors/app-error.ts";
import { normalizeLsn } from "../../../shared/sql/lsn.ts";
import type { SqlSession } from "../../sql/session.ts";

export interface Query<Row> {
  /** For sentences: what the query reads. */
  readonly name: string;
  readonly text: string;
  readonly row: z.ZodType<Row>;
}

export type RowsOf<Queries> = {
  readonly [Index in keyof Queries]: Queries[Index] extends Query<infer Row>
    ? readonly Row[]
    : never;
};

/**
 * Sends the queries as one batch and answers each one's rows, in order. Throws the session's AppError, or AppError
 * `unexpectedAnswer` when a result set is missing or a row does not have the shape that the query asked for.
 */
export async function readRows<const Queries extends readonly Query<unknown>[]>(
  session: SqlSession,
  queries: Queries,
  signal?: AbortSignal,
): Promise<RowsOf<Queries>> {
  const text = queries.map((query) => query.text.trim()).join("\n\n");
  const sets = await session.read(text, undefined, signal);
  const rows = queries.map((query, index) => parseRows(query, sets[index], session));
  // Every query was parsed with its own schema, in the order of `queries`; map cannot tell the compiler so.
  return rows as unknown as RowsOf<Queries>;
}

/** One query's rows. Throws AppError `unexpectedAnswer` where they are missing or have another shape. */
export function parseRows<Row>(
  query: Query<Row>,
  set: readonly unknown[] | undefined,
  session: SqlSession,
): readonly Row[] {
  const parsed = z.array(query.row).safeParse(set);
  if (parsed.success) return parsed.data;
  throw unexpectedAnswer(session, query.name, z.prettifyError(parsed.error));
}

/** The only row of a query that always answers exactly one. */
export function onlyRow<Row>(rows: readonly Row[], session: SqlSession, name: string): Row {
  const [row, ...others] = rows;
  if (row === undefined || others.length > 0) {
    throw unexpectedAnswer(session, name, `${rows.length} rows instead of one`);
  }
  return row;
}

function unexpectedAnswer(session: SqlSession, name: string, detail: string): AppError {
  return new AppError({
    code: "unexpectedAnswer",
    class: "block",
    summary: `${session.address} answered the reading of ${name} in a form that this version does not know.`,
    detail,
    remedy: "Report the detail with the version of the server; nothing was concluded from it.",
  });
}

/** bit, and CASE or function results that stand for one: the driver answers booleans or 0 and 1. */
export const bit = z.union([z.boolean(), z.literal([0, 1])]).transform(Boolean);

/** bigint arrives as text; sizes, rates and seconds fit into a number. */
export const count = z
  .union([z.number(), z.string().regex(/^-?\d{1,15}$/)])
  .transform(Number)
  .nullable();

/** An LSN as decimal text, without leading zeros. */
export const lsn = z
  .string()
  .regex(/^\d{1,25}$/)
  .transform(normalizeLsn)
  .nullable();
