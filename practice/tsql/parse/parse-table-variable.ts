// Table variables: their columns, INSERT @t EXEC (text), and DELETE; no other table can be written.
import {
  invalidColumn,
  notImplementedOption,
  notImplementedStatement,
  undeclaredTable,
} from "../errors.ts";
import type { Statement, TableColumn } from "./ast.ts";
import { parseCondition } from "./parse-condition.ts";
import { parseExecute } from "./parse-execute.ts";
import type { ParserState } from "./parser-state.ts";
import { parseType } from "./parser-state.ts";

/** Behind DECLARE @t TABLE: columns with NULL or NOT NULL, without any other constraint. */
export function parseTableColumns(state: ParserState): TableColumn[] {
  return state.cursor.bracketed(() => state.cursor.list(() => parseColumn(state)));
}

/** sysname allows no NULL unless it says so; every other type does ("Create table", nullability rules). */
function parseColumn(state: ParserState): TableColumn {
  const { cursor } = state;
  const name = cursor.name();
  const isSysname = cursor.peek().upper === "SYSNAME";
  const type = parseType(state, 1);
  const isNotNull = cursor.take("NOT", "NULL");
  const isNull = !isNotNull && cursor.take("NULL");
  if (!cursor.is(",") && !cursor.is(")")) {
    throw notImplementedOption(cursor.peek().text, cursor.peek().line);
  }
  return { name, type, allowsNull: isNull || !(isNotNull || isSysname) };
}

/** Takes the name of a table variable that must have been declared (1087). */
export function parseTableVariable(state: ParserState): string {
  const { text, line } = state.cursor.next();
  const name = text.toLowerCase();
  if (!state.tables.has(name)) throw undeclaredTable(text, line);
  return name;
}

/** Behind INSERT. */
export function parseInsert(state: ParserState, line: number): Statement {
  const { cursor } = state;
  cursor.take("INTO");
  if (!cursor.isKind("variable")) throw notImplementedStatement("INSERT", line);
  const table = parseTableVariable(state);
  const columns = parseColumnList(state, state.tables.get(table) ?? []);
  if (!cursor.take("EXEC") && !cursor.take("EXECUTE")) {
    throw notImplementedStatement("INSERT without EXEC", line);
  }
  const execute = parseExecute(state, line);
  if (execute.kind !== "executeText") {
    throw notImplementedStatement("INSERT ... EXEC of a procedure", line);
  }
  return { kind: "insertExecute", line, table, columns, parts: execute.parts };
}

/** Positions of the named columns; of all without a list. */
function parseColumnList(state: ParserState, columns: readonly TableColumn[]): number[] {
  const { cursor } = state;
  if (!cursor.is("(")) return [...columns.keys()];
  return cursor.bracketed(() =>
    cursor.list(() => {
      const { line } = cursor.peek();
      const name = cursor.name();
      const at = columns.findIndex((column) => column.name.toLowerCase() === name.toLowerCase());
      if (at === -1) throw invalidColumn(name, line);
      return at;
    }),
  );
}

/** Behind DELETE. */
export function parseDelete(state: ParserState, line: number): Statement {
  const { cursor } = state;
  cursor.take("FROM");
  if (!cursor.isKind("variable")) throw notImplementedStatement("DELETE", line);
  const table = parseTableVariable(state);
  return cursor.take("WHERE")
    ? { kind: "delete", line, table, where: parseCondition(state) }
    : { kind: "delete", line, table };
}
