// COUNT, SUM and their kin, alone or OVER a window.
import { SqlError } from "../../sql-types.ts";
import type { Call, OrderItem } from "../parse/ast.ts";
import { checkRange } from "../types/convert.ts";
import { decodeExact, encodeExact } from "../types/exact.ts";
import type { StaticType } from "../types/static-type.ts";
import {
  bigint,
  float,
  int,
  isNational,
  isText,
  nvarchar,
  storageOf,
  varchar,
} from "../types/static-type.ts";
import { bindExpression, bindSortKey } from "./bind-expression.ts";
import type { Binder } from "./binder.ts";
import { call as callFunction } from "./binder.ts";
import type { Bound } from "./bound.ts";
import { bound } from "./bound.ts";
import { implicitly } from "./conversion.ts";
import type { Scope } from "./scope.ts";

const rankings: ReadonlySet<string> = new Set(["ROW_NUMBER", "RANK", "DENSE_RANK", "LAG", "LEAD"]);

/** Errors: 4109 and 10753 where rows are counted inside a count or without a window. */
export function bindAggregate(binder: Binder, scope: Scope, call: Call): Bound {
  const args = call.arguments.map((argument) => bindExpression(binder, scope, argument));
  if (args.some((arg) => arg.hasAggregate)) {
    throw new SqlError(
      130,
      "Cannot perform an aggregate function on an expression containing an aggregate or a subquery.",
    );
  }
  const isRanking = rankings.has(call.name);
  if (isRanking && call.over === undefined) {
    throw new SqlError(10753, `The function '${call.name}' must have an OVER clause.`, {
      severity: 15,
      line: call.line,
    });
  }
  const over = call.over === undefined ? "" : ` OVER (${windowSql(binder, scope, call.over)})`;
  const result = isRanking
    ? ranking(call.name, args, over)
    : aggregate(binder, scope, call, args, over);
  // Over a window each row keeps its columns; without one they are gathered up.
  return {
    ...result,
    hasAggregate: call.over === undefined,
    bareColumn: call.over === undefined ? undefined : result.bareColumn,
  };
}

function windowSql(binder: Binder, scope: Scope, over: NonNullable<Call["over"]>): string {
  const keys = over.partitionBy.map((key) => bindSortKey(binder, scope, key).sql);
  const partition = keys.length === 0 ? "" : `PARTITION BY ${keys.join(", ")} `;
  return partition + orderSql(binder, scope, over.orderBy);
}

function orderSql(binder: Binder, scope: Scope, items: readonly OrderItem[]): string {
  if (items.length === 0) return "";
  return `ORDER BY ${items.map((item) => `${bindSortKey(binder, scope, item.expression).sql} ${item.direction}`).join(", ")}`;
}

function ranking(name: string, args: readonly Bound[], over: string): Bound {
  const type = name === "LAG" || name === "LEAD" ? (args[0]?.type ?? int) : bigint;
  return bound(
    `${name.toLowerCase()}(${args.map((arg) => arg.sql).join(", ")})${over}`,
    type,
    args,
  );
}

// The five are what one aggregate is made of.
// eslint-disable-next-line max-params
function aggregate(
  binder: Binder,
  scope: Scope,
  call: Call,
  args: readonly Bound[],
  over: string,
): Bound {
  const { name, quantifier } = call;
  const [arg] = args;
  if (quantifier === "star") {
    if (!name.startsWith("COUNT"))
      throw new SqlError(102, "Incorrect syntax near '*'.", { severity: 15, line: call.line });
    return bound(`count(*)${over}`, name === "COUNT" ? int : bigint);
  }
  if (arg === undefined) {
    throw new SqlError(174, `The ${name} function requires 1 argument(s).`, {
      severity: 15,
      line: call.line,
    });
  }
  const of = (operand: Bound) =>
    `(${quantifier === "distinct" ? "DISTINCT " : ""}${operand.sql})${over}`;
  const make = (sql: string, type: StaticType) => bound(sql, type, [arg]);
  switch (name) {
    case "COUNT":
    case "COUNT_BIG":
      return make(`count${of(arg)}`, name === "COUNT" ? int : bigint);
    case "MIN":
    case "MAX":
      return make(`${name.toLowerCase()}${of(arg)}`, arg.type);
    case "STRING_AGG":
      return stringAgg(binder, scope, call, args);
    default:
      return sumOrAverage(binder, name, arg, of);
  }
}

function sumOrAverage(
  binder: Binder,
  name: string,
  arg: Bound,
  of: (operand: Bound) => string,
): Bound {
  const storage = storageOf(arg.type);
  if (!["integer", "real", "exact"].includes(storage) || arg.type.name === "bit") {
    throw new SqlError(
      8117,
      `Operand data type ${arg.type.name} is invalid for ${name.toLowerCase()} operator.`,
    );
  }
  if (name === "AVG") {
    const mean = `avg${of(implicitly(binder, arg, float))}`;
    if (storage === "integer")
      return bound(`CAST(${mean} AS INTEGER)`, arg.type.name === "bigint" ? bigint : int, [arg]);
    const scale = arg.type.name === "numeric" ? Math.max(6, arg.type.scale) : 6;
    return bound(mean, storage === "exact" ? { name: "numeric", precision: 38, scale } : arg.type, [
      arg,
    ]);
  }
  if (storage === "exact")
    return sumExact(binder, bound(`group_concat${of(arg)}`, arg.type, [arg]));
  if (storage === "real") return bound(`sum${of(arg)}`, arg.type, [arg]);
  const type = arg.type.name === "bigint" ? bigint : int;
  return callFunction(binder, `sum_${type.name}`, [bound(`sum${of(arg)}`, type, [arg])], {
    type,
    run: ([sum = null]) => (sum === null ? null : checkRange(BigInt(Number(sum)), type)),
  });
}

/** SQLite has no sum for 38 digits; the terms are listed and added here. */
function sumExact(binder: Binder, list: Bound): Bound {
  return callFunction(binder, "sum_exact", [list], {
    type: { name: "numeric", precision: 38, scale: 0 },
    run: ([terms = null]) =>
      terms === null
        ? null
        : encodeExact(
            String(terms)
              .split(",")
              .reduce((sum, term) => sum + decodeExact(term), 0n),
          ),
  });
}

function stringAgg(binder: Binder, scope: Scope, call: Call, args: readonly Bound[]): Bound {
  const [text, separator] = args.map((arg) =>
    isText(arg.type) ? arg : implicitly(binder, arg, nvarchar(4000)),
  );
  if (text === undefined || separator === undefined || args.length !== 2) {
    throw new SqlError(174, "The STRING_AGG function requires 2 argument(s).", {
      severity: 15,
      line: call.line,
    });
  }
  const order = orderSql(binder, scope, call.withinGroup ?? []);
  const type = isNational(text.type) ? nvarchar(4000) : varchar(8000);
  return bound(`group_concat(${text.sql}, ${separator.sql} ${order})`, type, [text, separator]);
}
