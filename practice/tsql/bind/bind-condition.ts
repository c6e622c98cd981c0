// Translates search conditions; comparison follows SQL Server's types, not SQLite's.
import type { Comparison, Condition, Expression } from "../parse/ast.ts";
import type { Stored } from "../types/stored.ts";
import { bit, nvarchar, promote } from "../types/static-type.ts";
import { SqlError } from "../../sql-types.ts";
import { bindExpression } from "./bind-expression.ts";
import { bindQuery } from "./bind-query.ts";
import type { Binder } from "./binder.ts";
import { call } from "./binder.ts";
import type { Bound } from "./bound.ts";
import { bound } from "./bound.ts";
import { implicitly, sortKey } from "./conversion.ts";
import { likePattern } from "./like-pattern.ts";
import type { Scope } from "./scope.ts";

const kinds: ReadonlySet<Expression["kind"]> = new Set([
  "compare",
  "logical",
  "not",
  "isNull",
  "between",
  "inList",
  "inQuery",
  "like",
  "exists",
]);

export const isCondition = (expression: Expression): expression is Condition =>
  kinds.has(expression.kind);

/** Both sides as values of the one type they are compared in. */
function comparable(binder: Binder, left: Bound, right: Bound): readonly [Bound, Bound] {
  const type = promote(left.type, right.type);
  const caseSensitive = left.caseSensitive || right.caseSensitive;
  const key = (side: Bound) =>
    sortKey(binder, { ...implicitly(binder, side, type), caseSensitive });
  return [key(left), key(right)];
}

function compare(binder: Binder, operator: Comparison, left: Bound, right: Bound): Bound {
  const [a, b] = comparable(binder, left, right);
  return bound(`(${a.sql} ${operator} ${b.sql})`, bit, [left, right]);
}

export function bindCondition(binder: Binder, scope: Scope, condition: Condition): Bound {
  const inner = (operand: Expression) => bindExpression(binder, scope, operand);
  switch (condition.kind) {
    case "compare":
      return compare(binder, condition.operator, inner(condition.left), inner(condition.right));
    case "logical": {
      const sides = [inner(condition.left), inner(condition.right)];
      return bound(
        `(${sides.map((side) => side.sql).join(` ${condition.operator} `)})`,
        bit,
        sides,
      );
    }
    case "not": {
      const operand = inner(condition.operand);
      return bound(`(NOT ${operand.sql})`, bit, [operand]);
    }
    case "isNull": {
      const operand = inner(condition.operand);
      return bound(`(${operand.sql} IS NULL)`, bit, [operand]);
    }
    case "between": {
      const operand = inner(condition.operand);
      const ends = [
        compare(binder, ">=", operand, inner(condition.low)),
        compare(binder, "<=", operand, inner(condition.high)),
      ];
      return bound(`(${ends.map((end) => end.sql).join(" AND ")})`, bit, ends);
    }
    case "inList": {
      const operand = inner(condition.operand);
      const tests = condition.list.map((item) => compare(binder, "=", operand, inner(item)));
      return bound(`(${tests.map((test) => test.sql).join(" OR ")})`, bit, tests);
    }
    case "inQuery":
      return bindInQuery(binder, scope, condition);
    case "like":
      return bindLike(
        binder,
        [condition.operand, condition.pattern, condition.escape].map((part) => part && inner(part)),
      );
    case "exists":
      return bound(`EXISTS (${bindQuery(binder, scope, condition.query).sql})`, bit);
  }
}

function bindInQuery(
  binder: Binder,
  scope: Scope,
  condition: Condition & { kind: "inQuery" },
): Bound {
  const operand = bindExpression(binder, scope, condition.operand);
  const { sql, columns } = bindQuery(binder, scope, condition.query);
  const [column] = columns;
  if (column === undefined || columns.length !== 1) {
    throw new SqlError(
      116,
      "Only one expression can be specified in the select list when the subquery is not introduced with EXISTS.",
    );
  }
  const alias = binder.fresh("s");
  const [left, right] = comparable(binder, operand, bound(`${alias}.c0`, column.type));
  return bound(`(${left.sql} IN (SELECT ${right.sql} FROM (${sql}) AS ${alias}))`, bit, [operand]);
}

/** LIKE with % _ [set] [^set] and ESCAPE; case as the collation has it. */
function bindLike(
  binder: Binder,
  [operand, pattern, escape]: readonly (Bound | undefined)[],
): Bound {
  const given = [operand, pattern, escape].filter((part) => part !== undefined);
  const texts = given.map((part) => implicitly(binder, part, nvarchar("max")));
  const caseSensitive = given.some((part) => part.caseSensitive);
  const run = ([text = null, like = null, mark]: readonly Stored[]): Stored => {
    if (text === null || like === null || mark === null) return null;
    const test = likePattern(
      String(like),
      mark === undefined ? undefined : String(mark),
      caseSensitive,
    );
    return Number(test.test(String(text)));
  };
  return call(binder, caseSensitive ? "like_cs" : "like", texts, { type: bit, run });
}
