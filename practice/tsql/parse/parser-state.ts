// What the parsers of one batch share: the cursor and the variables declared so far.
import { SqlError } from "../../sql-types.ts";
import { undeclaredVariable } from "../errors.ts";
import { TokenCursor } from "../lex/token-cursor.ts";
import type { Token } from "../lex/token.ts";
import type { StaticType } from "../types/static-type.ts";
import type { TypeArgument } from "../types/named-type.ts";
import { namedType } from "../types/named-type.ts";
import type { Expression, TableColumn } from "./ast.ts";

export interface ParserState {
  readonly cursor: TokenCursor;
  /** By lower-case name with @; grows in the order of the text, as the server reads it. */
  readonly variables: Map<string, StaticType>;
  /** Table variables, likewise. */
  readonly tables: Map<string, readonly TableColumn[]>;
  /** By upper-case name. */
  readonly unknownFunctions: ReadonlySet<string>;
}

export function parserState(
  tokens: readonly Token[],
  variables: ReadonlyMap<string, StaticType>,
  unknownFunctions: ReadonlySet<string> = new Set(),
): ParserState {
  return {
    cursor: new TokenCursor(tokens),
    variables: new Map(variables),
    tables: new Map(),
    unknownFunctions,
  };
}

/** Takes a variable that must have been declared (137). */
export function parseVariable(state: ParserState): string {
  if (!state.cursor.isKind("variable")) throw state.cursor.error();
  const token = state.cursor.next();
  const name = token.text.toLowerCase();
  if (!state.variables.has(name)) throw undeclaredVariable(token.text, token.line);
  return name;
}

export function declareVariable(state: ParserState, name: string, type: StaticType): void {
  state.variables.set(newName(state, name), type);
}

export function declareTable(
  state: ParserState,
  name: string,
  columns: readonly TableColumn[],
): void {
  state.tables.set(newName(state, name), columns);
}

/** The key of a name that no variable of the batch has yet (134). */
function newName(state: ParserState, name: string): string {
  const key = name.toLowerCase();
  if (state.variables.has(key) || state.tables.has(key)) {
    throw new SqlError(
      134,
      `The variable name '${name}' has already been declared. Variable names must be unique within a query batch or stored procedure.`,
      { severity: 15, state: 2, line: state.cursor.previous?.line ?? 1 },
    );
  }
  return key;
}

/** A type name with its arguments; 243 for one that the practice estate does not have. */
export function parseType(state: ParserState, defaultLength: number): StaticType {
  const { cursor } = state;
  if (!cursor.isKind("word", "quotedName")) throw cursor.error();
  const token = cursor.next();
  const args = cursor.is("(")
    ? cursor.bracketed(() => cursor.list(() => typeArgument(cursor)))
    : [];
  const type = namedType(token.text, args, defaultLength);
  if (type !== undefined) return type;
  throw new SqlError(243, `Type ${token.text} is not a defined system type.`, { line: token.line });
}

function typeArgument(cursor: TokenCursor): TypeArgument {
  return cursor.take("MAX") ? "max" : cursor.integer();
}

/** A constant or a variable: all that THROW, RAISERROR, EXEC and BACKUP take where others take an expression. */
export function parseConstantOrVariable(state: ParserState): Expression {
  const { cursor } = state;
  if (cursor.isKind("variable")) return { kind: "variable", name: parseVariable(state) };
  const isNegative = cursor.take("-");
  const literal = parseLiteral(state);
  if (literal === undefined) throw cursor.error();
  return isNegative ? { kind: "negate", operand: literal } : literal;
}

/** A number, string, hex constant or NULL; undefined when something else comes next. */
export function parseLiteral(state: ParserState): Expression | undefined {
  const { cursor } = state;
  if (cursor.take("NULL")) return { kind: "literal", value: null, type: { name: "null" } };
  if (!cursor.isKind("number", "string", "nationalString", "binary")) return undefined;
  return literalOf(cursor.next());
}

function literalOf(token: Token): Expression {
  const { text } = token;
  const length = Math.max(1, text.length);
  switch (token.kind) {
    case "string":
      return { kind: "literal", value: text, type: { name: "varchar", length } };
    case "nationalString":
      return { kind: "literal", value: text, type: { name: "nvarchar", length } };
    case "binary": {
      const digits = text.slice(2);
      const bytes = Buffer.from(digits.length % 2 === 0 ? digits : `0${digits}`, "hex");
      const type = { name: "varbinary", length: Math.max(1, bytes.length) } as const;
      return { kind: "literal", value: Uint8Array.from(bytes), type };
    }
    default:
      return numberLiteral(text);
  }
}

const largestInt = 2n ** 31n - 1n;

/** Whole numbers are int, or numeric where int is too small; with a point numeric; with an exponent float. */
function numberLiteral(text: string): Expression {
  if (/e/iu.test(text)) return { kind: "literal", value: Number(text), type: { name: "float" } };
  const [whole = "", fraction = ""] = text.split(".");
  if (fraction !== "") {
    const precision = Math.max(1, whole.length) + fraction.length;
    return {
      kind: "literal",
      value: text,
      type: { name: "numeric", precision, scale: fraction.length },
    };
  }
  const value = BigInt(whole);
  return value <= largestInt
    ? { kind: "literal", value: Number(value), type: { name: "int" } }
    : {
        kind: "literal",
        value: whole,
        type: { name: "numeric", precision: whole.length, scale: 0 },
      };
}
