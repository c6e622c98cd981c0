// Cuts the text of a batch into tokens.
import { SqlError } from "../../sql-types.ts";
import { decodeCodePage, encodeCodePage } from "../../tds/types/code-page.ts";
import { syntaxError } from "../errors.ts";
import type { Token } from "./token.ts";

const longestName = 128;
const blank = /[\s\u00a0]+/uy;
const lineComment = /--[^\n]*/uy;
const plainToken =
  /(?<binary>0[xX][0-9a-fA-F]*)|(?<number>(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)|(?<global>@@[\p{L}\p{N}_$#@]+)|(?<variable>@[\p{L}\p{N}_$#@]*)|(?<word>[\p{L}_#][\p{L}\p{N}_$#@]*)|(?<symbol><>|<=|>=|!=|!<|!>|\+=|-=|[-+*/%=<>(),.;&|^~])/uy;

interface Position {
  index: number;
  line: number;
}

/** Clients ask the same few questions again and again: the latest texts stay cut. */
const mostKept = 200;
const kept = new Map<string, readonly Token[]>();

/**
 * Tokens of `text` in order; comments (nested ones too) and blanks are left out. With `quotedIdentifier` off, "x" is a
 * string. Errors: 102 for a character that begins nothing, 103 for a name over 128 characters, 105 for an open quote,
 * 113 for an open comment.
 */
export function lex(text: string, quotedIdentifier = true): readonly Token[] {
  const key = `${String(quotedIdentifier)} ${text}`;
  const tokens = kept.get(key) ?? cut(text, quotedIdentifier);
  kept.delete(key);
  kept.set(key, tokens);
  const [oldest] = kept.keys();
  if (oldest !== undefined && kept.size > mostKept) kept.delete(oldest);
  return tokens;
}

function cut(text: string, quotedIdentifier: boolean): readonly Token[] {
  const tokens: Token[] = [];
  const position: Position = { index: 0, line: 1 };
  while (position.index < text.length) {
    const start = { ...position };
    const token = skipBlank(text, position) ? undefined : read(text, start, quotedIdentifier);
    if (token !== undefined) {
      tokens.push(token);
      position.index += token.raw.length;
    }
    position.line = start.line + countLines(text.slice(start.index, position.index));
  }
  return tokens;
}

const countLines = (text: string): number => text.split("\n").length - 1;

function matchAt(pattern: RegExp, text: string, index: number): RegExpExecArray | null {
  pattern.lastIndex = index;
  return pattern.exec(text);
}

/** Moves over one blank or comment; false when a token begins here. */
function skipBlank(text: string, position: Position): boolean {
  if (text.startsWith("/*", position.index)) {
    position.index = endOfComment(text, position);
    return true;
  }
  const found = matchAt(blank, text, position.index) ?? matchAt(lineComment, text, position.index);
  position.index += found?.[0].length ?? 0;
  return found !== null;
}

function endOfComment(text: string, start: Position): number {
  let depth = 0;
  for (let index = start.index; index < text.length; index += 1) {
    const pair = text.slice(index, index + 2);
    if (pair !== "/*" && pair !== "*/") continue;
    depth += pair === "/*" ? 1 : -1;
    index += 1;
    if (depth === 0) return index + 1;
  }
  throw new SqlError(113, "Missing end comment mark '*/'.", { severity: 15, line: start.line });
}

function read(text: string, start: Position, quotedIdentifier: boolean): Token {
  const first = text.charAt(start.index);
  if (first === "'") return readString(text, start, "string");
  if (/[nN]/u.test(first) && text.charAt(start.index + 1) === "'") {
    return readString(text, start, "nationalString");
  }
  if (first === '"' && !quotedIdentifier) return readString(text, start, "string");
  if (first === "[" || first === '"') return readQuotedName(text, start);
  const found = matchAt(plainToken, text, start.index);
  const entry = Object.entries<string | undefined>(found?.groups ?? {}).find(
    (group): group is [string, string] => group[1] !== undefined,
  );
  if (entry === undefined) throw syntaxError(first, start.line);
  const [kind, raw] = entry;
  if (raw.length > longestName && kind !== "number" && kind !== "binary") throw tooLong(raw, start);
  const isWord = kind === "word" || kind === "symbol";
  // The groups of plainToken are named after the kinds of Token.
  return {
    kind: kind as Token["kind"],
    text: raw,
    raw,
    upper: isWord ? raw.toUpperCase() : "",
    line: start.line,
  };
}

/** The text between `open` and the first `close` that is not doubled, and what was written. */
function readQuoted(
  text: string,
  open: number,
  close: string,
  line: number,
): { inner: string; end: number } {
  for (let index = open + 1; index < text.length; index += 1) {
    if (text.charAt(index) !== close) continue;
    if (text.charAt(index + 1) === close) index += 1;
    else {
      const inner = text.slice(open + 1, index).replaceAll(close + close, close);
      return { inner, end: index + 1 };
    }
  }
  const rest = text.slice(open + 1).replaceAll(close + close, close);
  throw new SqlError(105, `Unclosed quotation mark after the character string '${rest}'.`, {
    severity: 15,
    line,
  });
}

/** A backslash before a line end joins the two lines of a string ("Backslash (Line Continuation)"). */
const joinLines = (text: string): string => text.replaceAll(/\\\r?\n/gu, "");

/** A string without N is varchar: what code page 1252 lacks is a question mark from here on. */
function readString(text: string, start: Position, kind: "string" | "nationalString"): Token {
  const open = start.index + (kind === "nationalString" ? 1 : 0);
  const { inner, end } = readQuoted(text, open, text.charAt(open), start.line);
  const joined = joinLines(inner);
  const value = kind === "string" ? decodeCodePage(encodeCodePage(joined)) : joined;
  return { kind, text: value, upper: "", raw: text.slice(start.index, end), line: start.line };
}

function readQuotedName(text: string, start: Position): Token {
  const close = text.charAt(start.index) === "[" ? "]" : '"';
  const { inner, end } = readQuoted(text, start.index, close, start.line);
  if (inner.length > longestName) throw tooLong(inner, start);
  const raw = text.slice(start.index, end);
  if (inner === "") {
    throw new SqlError(1038, "An object or column name is missing or empty.", {
      severity: 15,
      state: 4,
      line: start.line,
    });
  }
  return { kind: "quotedName", text: inner, upper: "", raw, line: start.line };
}

function tooLong(name: string, start: Position): SqlError {
  return new SqlError(
    103,
    `The identifier that starts with '${name.slice(0, longestName)}' is too long. Maximum length is ${longestName}.`,
    { severity: 15, state: 4, line: start.line },
  );
}
