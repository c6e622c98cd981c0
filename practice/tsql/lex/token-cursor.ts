// Walks over the tokens of a batch for the parsers: looks, takes, and refuses as SQL Server does.
import type { SqlError } from "../../sql-types.ts";
import { syntaxError } from "../errors.ts";
import type { Token } from "./token.ts";
import { reservedWords, statementWords } from "./token.ts";

const endOfText: Token = { kind: "symbol", text: "", upper: "", raw: "", line: 1 };

/** Mutable position in an immutable token list. */
export class TokenCursor {
  readonly #tokens: readonly Token[];
  #index = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  get atEnd(): boolean {
    return this.#index >= this.#tokens.length;
  }

  /** The token `ahead` places on; an empty symbol behind the end. */
  peek(ahead = 0): Token {
    return this.#tokens[this.#index + ahead] ?? endOfText;
  }

  /** The token before the current one; undefined at the start. */
  get previous(): Token | undefined {
    return this.#tokens[this.#index - 1];
  }

  get position(): number {
    return this.#index;
  }

  /** Goes back to a position taken before: used where only later tokens tell what an opening bracket began. */
  rewind(position: number): void {
    this.#index = position;
  }

  next(): Token {
    if (this.atEnd) throw this.error();
    const token = this.peek();
    this.#index += 1;
    return token;
  }

  /** Whether these words or symbols come next. */
  is(...words: readonly string[]): boolean {
    return words.every((word, ahead) => this.peek(ahead).upper === word && word !== "");
  }

  /** Takes these words if they come next. */
  take(...words: readonly string[]): boolean {
    const found = this.is(...words);
    if (found) this.#index += words.length;
    return found;
  }

  need(...words: readonly string[]): void {
    for (const word of words) if (!this.take(word)) throw this.error();
  }

  isKind(...kinds: readonly Token["kind"][]): boolean {
    return !this.atEnd && kinds.includes(this.peek().kind);
  }

  /** A name: quoted, or a word that is not reserved. */
  isName(ahead = 0): boolean {
    const token = this.peek(ahead);
    return (
      token.kind === "quotedName" || (token.kind === "word" && !reservedWords.has(token.upper))
    );
  }

  name(): string {
    if (!this.isName()) throw this.error();
    return this.next().text;
  }

  string(): string {
    if (!this.isKind("string", "nationalString")) throw this.error();
    return this.next().text;
  }

  /** A word whatever it means elsewhere, in upper case: for options such as DISK or PRIMARY. */
  word(): string {
    if (!this.isKind("word")) throw this.error();
    return this.next().upper;
  }

  integer(): number {
    const negative = this.take("-");
    if (!this.isKind("number") || !/^\d+$/u.test(this.peek().text)) throw this.error();
    return Number(this.next().text) * (negative ? -1 : 1);
  }

  /** Whether the current statement can end here. */
  get atStatementEnd(): boolean {
    return (
      this.atEnd || this.is(";") || (this.isKind("word") && statementWords.has(this.peek().upper))
    );
  }

  /** `item` once, and again after each comma. */
  list<T>(item: () => T): T[] {
    const items = [item()];
    while (this.take(",")) items.push(item());
    return items;
  }

  bracketed<T>(content: () => T): T {
    this.need("(");
    const value = content();
    this.need(")");
    return value;
  }

  /** The syntax error at the current token; at the end of the batch it names the last one. */
  error(): SqlError {
    const token = this.atEnd ? (this.previous ?? endOfText) : this.peek();
    const isKeyword =
      token.kind === "word" && token.upper !== "GO" && reservedWords.has(token.upper);

    return syntaxError(token.text, token.line, isKeyword);
  }
}
