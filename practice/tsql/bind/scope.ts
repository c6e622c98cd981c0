// Which columns and tables a name may mean at one place of a query.
import { SqlError } from "../../sql-types.ts";
import { invalidColumn } from "../errors.ts";
import type { StaticType } from "../types/static-type.ts";
import type { Bound, BoundColumn } from "./bound.ts";
import { bound } from "./bound.ts";

export interface ScopeColumn extends BoundColumn {
  readonly sql: string;
}

/** One table in FROM. `names` are the ways to call it, longest last: alias alone, or name, schema.name, db.schema.name. */
export interface ScopeSource {
  readonly names: readonly string[];
  readonly columns: readonly ScopeColumn[];
}

export interface CommonTableBinding {
  readonly sqlName: string;
  readonly columns: readonly BoundColumn[];
}

export interface Scope {
  readonly sources: readonly ScopeSource[];
  readonly commonTables: ReadonlyMap<string, CommonTableBinding>;
  /** The expressions of GROUP BY: bare columns inside them are allowed. */
  readonly groupKeys: ReadonlySet<string>;
  readonly parent: Scope | undefined;
}

export const emptyScope: Scope = {
  sources: [],
  commonTables: new Map(),
  groupKeys: new Set(),
  parent: undefined,
};

export const same = (left: string, right: string): boolean =>
  left.toLowerCase() === right.toLowerCase();

/** The column `path` means: 207 unknown, 209 ambiguous, 4104 unknown table. Inner queries hide outer ones. */
export function resolveColumn(scope: Scope, path: readonly string[], line: number): Bound {
  const name = path.at(-1) ?? "";
  const qualifier = path.slice(0, -1).join(".");
  for (let level: Scope | undefined = scope; level !== undefined; level = level.parent) {
    const sources = sourcesCalled(level, qualifier);
    const found = sources.flatMap((source) =>
      source.columns.filter((column) => same(column.name, name)),
    );
    const [column] = found;
    if (found.length > 1) {
      throw new SqlError(209, `Ambiguous column name '${name}'.`, { line });
    }
    if (column !== undefined) return asBound(column, level === scope);
    if (qualifier !== "" && sources.length > 0) throw invalidColumn(name, line);
  }
  if (qualifier === "") throw invalidColumn(name, line);
  throw unboundIdentifier(path.join("."), line);
}

/** The sources that `qualifier` calls; all of them where it is empty. */
export function sourcesCalled(scope: Scope, qualifier: string): readonly ScopeSource[] {
  if (qualifier === "") return scope.sources;
  return scope.sources.filter((source) => source.names.some((name) => same(name, qualifier)));
}

export function unboundIdentifier(identifier: string, line: number): SqlError {
  return new SqlError(4104, `The multi-part identifier "${identifier}" could not be bound.`, {
    line,
  });
}

function asBound(column: ScopeColumn, isOwn: boolean): Bound {
  const result = bound(column.sql, column.type);
  return isOwn ? { ...result, bareColumn: column.name } : result;
}

/** Columns c0, c1, ... of the SQLite table or subquery `alias`. */
export function columnsOf(
  alias: string,
  columns: readonly { readonly name: string; readonly type: StaticType }[],
): ScopeColumn[] {
  return columns.map(({ name, type }, index) => ({ name, type, sql: `${alias}.c${index}` }));
}
