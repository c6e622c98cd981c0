// An expression translated to SQLite, with all that is known of it before it runs.
import type { StaticType } from "../types/static-type.ts";

export interface Bound {
  readonly sql: string;
  readonly type: StaticType;
  /** Under COLLATE with a case-sensitive collation. */
  readonly caseSensitive: boolean;
  readonly hasAggregate: boolean;
  /** A column of the query itself that stands outside every aggregate; not allowed beside one (8120). */
  readonly bareColumn: string | undefined;
}

/** `sql` made out of `parts`, inheriting what they have in common. */
export function bound(sql: string, type: StaticType, parts: readonly Bound[] = []): Bound {
  return {
    sql,
    type,
    caseSensitive: parts.some((part) => part.caseSensitive),
    hasAggregate: parts.some((part) => part.hasAggregate),
    bareColumn: parts.map((part) => part.bareColumn).find((name) => name !== undefined),
  };
}

export interface BoundColumn {
  readonly name: string;
  readonly type: StaticType;
}

/** A query in SQLite's words; its columns are called c0, c1, ... there. */
export interface BoundQuery {
  readonly sql: string;
  readonly columns: readonly BoundColumn[];
  /** For SELECT @a = ..., @b = ...: the variables, in the order of the columns. */
  readonly assigns: readonly string[];
}
