// The parameter list of sp_executesql: N'@a int, @b nvarchar(10) OUTPUT'.
import { lex } from "../lex/lex.ts";
import type { StaticType } from "../types/static-type.ts";
import { declareVariable, parserState, parseType } from "./parser-state.ts";

export interface ParameterDefinition {
  /** Lower case, with @. */
  readonly name: string;
  readonly type: StaticType;
}

/** Errors: 102, 134, 243. */
export function parseParameters(text: string): readonly ParameterDefinition[] {
  const state = parserState(lex(text), new Map());
  const { cursor } = state;
  if (cursor.atEnd) return [];
  const parameters = cursor.list(() => {
    if (!cursor.isKind("variable")) throw cursor.error();
    const { text: name } = cursor.next();
    cursor.take("AS");
    const type = parseType(state, 1);
    if (!cursor.take("OUTPUT")) cursor.take("OUT");
    declareVariable(state, name, type);
    return { name: name.toLowerCase(), type };
  });
  if (cursor.peek().raw !== "") throw cursor.error();
  return parameters;
}
