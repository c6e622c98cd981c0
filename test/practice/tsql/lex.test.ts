// Cutting a batch into tokens.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { SqlError } from "../../../practice/sql-types.ts";
import { lex } from "../../../practice/tsql/lex/lex.ts";

const words = (text: string) => lex(text).map((token) => `${token.kind}:${token.text}`);

function errorOf(work: () => unknown): { number: number; line: number | undefined } {
  try {
    work();
  } catch (error) {
    if (error instanceof SqlError) return { number: error.sql.number, line: error.sql.line };
    throw error;
  }
  throw new Error("no error");
}

/** Text of any UTF-16 kind that is not changed by line continuation. */
const anyText = fc
  .string({ unit: "binary", maxLength: 60 })
  .filter((text) => !/\\\r?\n/u.test(text));

describe("lex", () => {
  test("strings, names, variables, globals, numbers, hex and symbols are told apart", () => {
    expect(words(`N'a''b' 'c' [d]]e] "f""g" @h @@I 1 2.5 .5 1e3 0xFF <> x#$_1`)).toEqual([
      "nationalString:a'b",
      "string:c",
      "quotedName:d]e",
      'quotedName:f"g',
      "variable:@h",
      "global:@@I",
      "number:1",
      "number:2.5",
      "number:.5",
      "number:1e3",
      "binary:0xFF",
      "symbol:<>",
      "word:x#$_1",
    ]);
  });

  test("comments nest, strings hide them, and lines are counted through both", () => {
    const tokens = lex("/* a /* b\n*/ c */ SELECT '--\n/*' -- end\n, [x\ny], z");
    expect(tokens.map(({ text, line }) => [text, line])).toEqual([
      ["SELECT", 2],
      ["--\n/*", 2],
      [",", 4],
      ["x\ny", 4],
      [",", 5],
      ["z", 5],
    ]);
  });

  test("an open comment is 113, an open quote 105, an unknown character 102, a long name 103", () => {
    expect(errorOf(() => lex("SELECT 1\n/* /* */"))).toEqual({ number: 113, line: 2 });
    expect(errorOf(() => lex("SELECT 'it''s"))).toEqual({ number: 105, line: 1 });
    expect(errorOf(() => lex("[a"))).toEqual({ number: 105, line: 1 });
    expect(errorOf(() => lex("SELECT ?"))).toEqual({ number: 102, line: 1 });
    expect(errorOf(() => lex(`[${"x".repeat(129)}]`))).toEqual({ number: 103, line: 1 });
    expect(lex(`[${"]]".repeat(128)}]`)[0]?.text).toHaveLength(128);
  });

  test("a double quote makes a name, or a string under QUOTED_IDENTIFIER OFF", () => {
    expect([lex('"a"')[0]?.kind, lex('"a"', false)[0]?.kind]).toEqual(["quotedName", "string"]);
  });

  test("without N what code page 1252 lacks becomes question marks", () => {
    expect(words("'é€😀' N'é€😀'")).toEqual(["string:é€??", "nationalString:é€😀"]);
  });

  test("a backslash at the end of a line joins the lines of a string", () => {
    expect(words("N'a\\\nb'")).toEqual(["nationalString:ab"]);
  });

  test("any text comes back from N'...' with quotes doubled", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(words(`N'${text.replaceAll("'", "''")}'`)).toEqual([`nationalString:${text}`]);
      }),
    );
  });

  test('any name up to 128 characters comes back from [...] and "..."', () => {
    const name = fc
      .string({ unit: "binary", minLength: 1, maxLength: 128 })
      .filter((text) => text.length <= 128);
    fc.assert(
      fc.property(name, (text) => {
        const quoted = `[${text.replaceAll("]", "]]")}] "${text.replaceAll('"', '""')}"`;
        expect(words(quoted)).toEqual([`quotedName:${text}`, `quotedName:${text}`]);
      }),
    );
  });
});
