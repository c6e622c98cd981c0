// A query that fails alone: the other queries of its batch answer all the same.
import { z } from "zod";
import { quoteString } from "../../../shared/sql/quote.ts";
import type { Query } from "./query.ts";

/** What a tried query answers in place of its rows, or behind those that were sent before it failed. */
export interface Refusal {
  readonly triedQuery: string;
  readonly number: number;
  readonly message: string;
}

/**
 * The query's text under TRY. EXEC compiles it by itself: a column that this version of the server has not (207) would
 * otherwise keep the whole batch from starting, which no TRY of that batch catches.
 */
export function triedText({ name, text }: Query<unknown>): string {
  return `BEGIN TRY
  EXEC (${quoteString(text.trim())});
END TRY
BEGIN CATCH
  SELECT ${quoteString(name)} AS triedQuery, ERROR_NUMBER() AS number, ERROR_MESSAGE() AS message;
END CATCH;`;
}

const refusalSet = z.tuple([
  z.object({ triedQuery: z.string(), number: z.number(), message: z.string() }),
]);

/** The refusal of that query, where this result set is one. */
export function refusalIn(set: readonly unknown[] | undefined, name: string): Refusal | undefined {
  const parsed = refusalSet.safeParse(set);
  return parsed.success && parsed.data[0].triedQuery === name ? parsed.data[0] : undefined;
}
