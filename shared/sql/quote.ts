// The only quoting of names and strings in T-SQL: for statements that are sent, and for script files that pass through sqlcmd.
import { AppError } from "../errors/app-error.ts";
import { unseen, visibleText } from "../visible-text.ts";

/** sysname is nvarchar(128): 128 UTF-16 units. */
const longestName = 128;

/** Every UTF-16 unit that may not stand literally in a script file. */
const notLiteral = new RegExp(`(${unseen.source}|\\$(?=\\())`, "gu");

/**
 * A name as a delimited identifier: `[a]]b]`. Throws AppError `nameUnusable` for what no SQL Server object can be called
 * (empty, longer than 128 UTF-16 units, or holding NUL), rather than send a statement that means something else.
 */
export function quoteName(name: string): string {
  if (name === "") throw unusable(name, "it is empty");
  if (name.includes("\u0000")) throw unusable(name, "it holds the character NUL");
  if (name.length > longestName) {
    throw unusable(name, `it has ${name.length} characters and SQL Server allows ${longestName}`);
  }
  return `[${name.replaceAll("]", "]]")}]`;
}

/** Any text as a Unicode string literal: `N'O''Brien'`. For statements that are sent, not for script files. */
export function quoteString(text: string): string {
  return `N'${text.replaceAll("'", "''")}'`;
}

/**
 * Any text as an expression for a script file. sqlcmd replaces `$(x)` even inside strings and comments, and a line break
 * in a literal could end a batch, so these never stand literally: `N'a' + NCHAR(36) + N'(x)'`. The value is the same text.
 * Not allowed as an argument of EXEC() or THROW, which take no expressions: put it into a variable first.
 */
export function scriptString(text: string): string {
  // Splitting by a group: what matched stands at the odd places.
  const pieces = text.split(notLiteral).flatMap((piece, index) => {
    if (piece === "") return [];
    return [index % 2 === 1 ? `NCHAR(${piece.charCodeAt(0)})` : quoteString(piece)];
  });
  return pieces.length === 0 ? "N''" : pieces.join(" + ");
}

/** A sentence for a comment line of a script: one line, nothing sqlcmd would replace. */
export function scriptComment(text: string): string {
  return visibleText(text).replaceAll("$(", "\\u0024(");
}

/** Several of them; an empty one parts paragraphs. */
export function scriptComments(lines: readonly string[]): string {
  return lines.map((line) => (line === "" ? "--" : `-- ${scriptComment(line)}`)).join("\n");
}

function unusable(name: string, because: string): AppError {
  return new AppError({
    code: "nameUnusable",
    class: "fatal",
    summary: `"${visibleText(name)}" cannot be the name of a SQL Server object: ${because}.`,
    remedy: "Read the name again from the server and use it as it is there.",
  });
}
