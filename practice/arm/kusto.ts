// As much of the Kusto Query Language as finding a resource takes: `Table | where a =~ 'x' and b.c == 'y' | project d, e = f`.

export interface Query {
  readonly table: string;
  readonly conditions: readonly Condition[];
  /** Columns of the answer; undefined: all. */
  readonly columns: readonly Column[] | undefined;
}

export interface Condition {
  readonly path: string;
  readonly operator: "==" | "=~";
  readonly text: string;
}

export interface Column {
  readonly name: string;
  readonly path: string;
}

type Token =
  | { readonly kind: "name"; readonly text: string }
  | { readonly kind: "string"; readonly text: string }
  | { readonly kind: "symbol"; readonly text: string };

/** `'a\'b'` and `"a"` with backslash escapes, `@'a''b'` verbatim; a path is names joined by dots. */
const tokenPattern =
  /\s*(?:(?<name>[A-Za-z_]\w*(?:\.\w+)*)|@'(?<verbatim>(?:[^']|'')*)'|'(?<single>(?:[^'\\\n]|\\[nrt\\'"])*)'|"(?<double>(?:[^"\\\n]|\\[nrt\\'"])*)"|(?<symbol>=~|==|[|,=]))/y;

/** Undefined for anything it cannot read: no part of a query is skipped. */
export function parseQuery(text: string): Query | undefined {
  const tokens = tokensOf(text.trim());
  if (tokens === undefined) return undefined;
  const [[table, ...extra] = [], ...stages] = split(tokens, "|");
  if (table?.kind !== "name" || extra.length > 0) return undefined;
  const conditions: Condition[] = [];
  let columns: readonly Column[] | undefined;
  for (const [verb, ...rest] of stages) {
    // Nothing comes after project, and no other verb is read.
    if (verb?.kind !== "name" || columns !== undefined) return undefined;
    if (verb.text === "project") {
      columns = readProject(rest);
      if (columns === undefined) return undefined;
    } else {
      const more = verb.text === "where" ? readWhere(rest) : undefined;
      if (more === undefined) return undefined;
      conditions.push(...more);
    }
  }
  return { table: table.text, conditions, columns };
}

function tokensOf(text: string): readonly Token[] | undefined {
  const tokens: Token[] = [];
  const pattern = new RegExp(tokenPattern);
  while (pattern.lastIndex < text.length) {
    const groups = pattern.exec(text)?.groups;
    if (groups === undefined) return undefined;
    const { name, verbatim, single, double, symbol } = groups;
    const escaped = single ?? double;
    if (name !== undefined) tokens.push({ kind: "name", text: name });
    else if (symbol !== undefined) tokens.push({ kind: "symbol", text: symbol });
    else if (escaped !== undefined) tokens.push({ kind: "string", text: unescaped(escaped) });
    else tokens.push({ kind: "string", text: (verbatim ?? "").replaceAll("''", "'") });
  }
  return tokens;
}

const lineEscapes: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t" };

/** The other escapes, of quotes and backslashes, mean themselves. */
function unescaped(text: string): string {
  return text.replace(/\\(.)/g, (_, letter: string) => lineEscapes[letter] ?? letter);
}

/** Pieces between the tokens of that text which are not strings. */
function split(tokens: readonly Token[], separator: string): Token[][] {
  const pieces: Token[][] = [[]];
  for (const token of tokens) {
    if (token.kind !== "string" && token.text === separator) pieces.push([]);
    else pieces.at(-1)?.push(token);
  }
  return pieces;
}

function readWhere(tokens: readonly Token[]): readonly Condition[] | undefined {
  return allKnown(split(tokens, "and").map(readCondition));
}

function readCondition(tokens: readonly Token[]): Condition | undefined {
  const [path, operator, text] = tokens;
  if (tokens.length !== 3 || path?.kind !== "name" || text?.kind !== "string") return undefined;
  if (operator?.kind !== "symbol") return undefined;
  if (operator.text !== "==" && operator.text !== "=~") return undefined;
  return { path: path.text, operator: operator.text, text: text.text };
}

function readProject(tokens: readonly Token[]): readonly Column[] | undefined {
  return allKnown(split(tokens, ",").map(readColumn));
}

function readColumn(tokens: readonly Token[]): Column | undefined {
  const [first, equals, path] = tokens;
  if (first?.kind !== "name") return undefined;
  if (tokens.length === 1) return { name: first.text.replaceAll(".", "_"), path: first.text };
  if (tokens.length !== 3 || equals?.kind !== "symbol" || path?.kind !== "name") return undefined;
  return equals.text === "=" ? { name: first.text, path: path.text } : undefined;
}

function allKnown<Item>(items: readonly (Item | undefined)[]): readonly Item[] | undefined {
  const known = items.filter((item) => item !== undefined);
  return known.length === items.length ? known : undefined;
}
