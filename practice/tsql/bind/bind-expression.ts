// Translates one expression of T-SQL into SQLite's words and tells its type.
import { SqlError } from "../../sql-types.ts";
import { builtIn, isAggregate } from "../functions/built-ins.ts";
import type { Call, Expression } from "../parse/ast.ts";
import type { StaticType } from "../types/static-type.ts";
import { int, promote } from "../types/static-type.ts";
import { globalVariable } from "../run/global-variable.ts";
import { bindArithmetic } from "./arithmetic.ts";
import { bindAggregate } from "./bind-aggregate.ts";
import { bindCondition, isCondition } from "./bind-condition.ts";
import { bindQuery } from "./bind-query.ts";
import type { Binder } from "./binder.ts";
import { constant } from "./binder.ts";
import type { Bound } from "./bound.ts";
import { bound } from "./bound.ts";
import { explicitly, implicitly, sortKey } from "./conversion.ts";
import type { Scope } from "./scope.ts";
import { resolveColumn } from "./scope.ts";

/** Errors: 207, 209, 4104, 116, 402 and those of the functions called. */
export function bindExpression(binder: Binder, scope: Scope, expression: Expression): Bound {
  const result = bindAny(binder, scope, expression);
  return scope.groupKeys.has(result.sql) ? { ...result, bareColumn: undefined } : result;
}

function bindAny(binder: Binder, scope: Scope, expression: Expression): Bound {
  const inner = (operand: Expression) => bindExpression(binder, scope, operand);
  if (isCondition(expression)) return bindCondition(binder, scope, expression);
  switch (expression.kind) {
    case "literal":
      return constant(binder, expression.value, expression.type);
    case "variable":
      return bindVariable(binder, expression.name);
    case "global":
      return globalVariable(binder, expression.name, expression.line);
    case "column":
      return resolveColumn(scope, expression.path, expression.line);
    case "negate":
      return bindNegation(binder, inner(expression.operand));
    case "arithmetic":
      return bindArithmetic(
        binder,
        expression.operator,
        inner(expression.left),
        inner(expression.right),
      );
    case "call":
      return bindCall(binder, scope, expression.call);
    case "convert": {
      const style = expression.style === undefined ? {} : { style: inner(expression.style) };
      return explicitly(binder, inner(expression.operand), expression.to, {
        ...style,
        onFailure: expression.onFailure,
      });
    }
    case "case":
      return bindCase(binder, scope, expression);
    case "subquery":
      return bindSubquery(binder, scope, expression);
    case "collate":
      return { ...inner(expression.operand), caseSensitive: expression.caseSensitive };
  }
}

function bindVariable(binder: Binder, name: string): Bound {
  const variable = binder.runtime.variables.get(name);
  if (variable === undefined) throw new Error(`the parser let ${name} pass undeclared`);
  return constant(binder, variable.value, variable.type);
}

function bindNegation(binder: Binder, operand: Bound): Bound {
  return bindArithmetic(binder, "-", bound("0", int), operand);
}

function bindCall(binder: Binder, scope: Scope, call: Call): Bound {
  if (isAggregate(call.name)) return bindAggregate(binder, scope, call);
  const run = builtIn(call.name);
  if (run === undefined || call.quantifier !== undefined || call.over !== undefined) {
    throw new SqlError(102, `Incorrect syntax near '${call.name}'.`, {
      severity: 15,
      line: call.line,
    });
  }
  return run(
    call.arguments.map((argument) => bindExpression(binder, scope, argument)),
    binder,
    call.name,
  );
}

function bindCase(binder: Binder, scope: Scope, expression: Expression & { kind: "case" }): Bound {
  const inner = (operand: Expression) => bindExpression(binder, scope, operand);
  const { subject, branches, otherwise } = expression;
  const conditions = branches.map(({ when }) =>
    subject === undefined
      ? inner(when)
      : inner({ kind: "compare", operator: "=", left: subject, right: when }),
  );
  const results = [
    ...branches.map((branch) => inner(branch.then)),
    ...(otherwise === undefined ? [] : [inner(otherwise)]),
  ];
  const type = results.map((result) => result.type).reduce<StaticType>(promote, { name: "null" });
  const values = results.map((result) => implicitly(binder, result, type));
  const arms = conditions.map(
    (condition, index) => `WHEN ${condition.sql} THEN ${values[index]?.sql ?? "NULL"}`,
  );
  const last = otherwise === undefined ? "" : ` ELSE ${values.at(-1)?.sql ?? "NULL"}`;
  return bound(`(CASE ${arms.join(" ")}${last} END)`, type, [...conditions, ...values]);
}

/** A query as one value: NULL for no row, 512 for several. */
function bindSubquery(
  binder: Binder,
  scope: Scope,
  { query }: Expression & { kind: "subquery" },
): Bound {
  const { sql, columns } = bindQuery(binder, scope, query);
  const [column] = columns;
  if (column === undefined || columns.length !== 1) {
    throw new SqlError(
      116,
      "Only one expression can be specified in the select list when the subquery is not introduced with EXISTS.",
    );
  }
  const tooMany = binder.sqlite.functionName("too_many", 0, () => {
    throw new SqlError(
      512,
      "Subquery returned more than 1 value. This is not permitted when the subquery follows =, !=, <, <= , >, >= or when the subquery is used as an expression.",
    );
  });
  const count = `(SELECT count(*) FROM (SELECT 1 FROM (${sql}) LIMIT 2))`;
  return bound(`(CASE WHEN ${count} > 1 THEN ${tooMany}() ELSE (${sql}) END)`, column.type);
}

/** `operand` as a sort or grouping key. */
export function bindSortKey(binder: Binder, scope: Scope, operand: Expression): Bound {
  return sortKey(binder, bindExpression(binder, scope, operand));
}
