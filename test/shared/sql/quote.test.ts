// Quoting: the value survives, and nothing in a script file can be mistaken for syntax or a sqlcmd variable.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { AppError } from "../../../shared/errors/app-error.ts";
import { quoteName, quoteString, scriptComment, scriptString } from "../../../shared/sql/quote.ts";

const hostile = fc.oneof(
  fc.string({ unit: "binary" }),
  fc
    .array(
      fc.constantFrom(
        "]",
        "'",
        '"',
        "$",
        "(",
        "$(x)",
        "\n",
        "\r\nGO\r\n",
        "🏦",
        "\u2028",
        "--",
        " ",
      ),
    )
    .map((parts) => parts.join("")),
);

describe("quoteName", () => {
  test("doubles closing brackets and nothing else", () => {
    expect(quoteName("a]b[c'd\"e $(x)🏦")).toBe("[a]]b[c'd\"e $(x)🏦]");
  });

  test("gives back the name when the doubled brackets are taken apart again", () => {
    fc.assert(
      fc.property(hostile, (name) => {
        fc.pre(name !== "" && name.length <= 128 && !name.includes("\u0000"));
        const quoted = quoteName(name);
        const inner = quoted.slice(1, -1);
        expect(inner.replaceAll("]]", "")).not.toContain("]");
        expect(inner.replaceAll("]]", "]")).toBe(name);
      }),
    );
  });

  test("takes a name of 128 UTF-16 units and refuses one more", () => {
    expect(quoteName("]".repeat(128))).toBe(`[${"]".repeat(256)}]`);
    expect(() => quoteName("a".repeat(129))).toThrow("it has 129 characters");
    expect(() => quoteName("🏦".repeat(65))).toThrow("it has 130 characters");
  });

  test("refuses an empty name and one with NUL by a problem that says why", () => {
    expect(() => quoteName("")).toThrow("it is empty");
    const refused = () => quoteName("a\u0000b");
    expect(refused).toThrow(AppError);
    expect(refused).toThrow('"a\\u0000b" cannot be the name');
  });
});

describe("quoteString", () => {
  test("doubles apostrophes and keeps every other character", () => {
    expect(quoteString("O'Brien]\n$(x)")).toBe("N'O''Brien]\n$(x)'");
  });
});

describe("scriptString", () => {
  test("writes a plain text as one literal", () => {
    expect(scriptString("O'Brien ]🏦 $ (x)")).toBe("N'O''Brien ]🏦 $ (x)'");
    expect(scriptString("")).toBe("N''");
  });

  test("assembles what sqlcmd would replace and what would break a line", () => {
    expect(scriptString("a$(x)\r\nGO")).toBe(
      "N'a' + NCHAR(36) + N'(x)' + NCHAR(13) + NCHAR(10) + N'GO'",
    );
  });

  test("has the value of the text, and never holds a variable, a control or a line break", () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const expression = scriptString(text);
        expect(valueOf(expression)).toBe(text);
        expect(expression).not.toContain("$(");
        expect(expression).toMatch(/^[^\p{Cc}\p{Cs}\u2028\u2029]*$/u);
      }),
      { numRuns: 500 },
    );
  });
});

describe("scriptComment", () => {
  test("stays on one line and shows by its code what it may not hold", () => {
    expect(scriptComment("a\r\nGO $(x) \u202etxet")).toBe(
      "a\\u000d\\u000aGO \\u0024(x) \\u202etxet",
    );
  });

  test("never holds a variable or a line break, whatever the name", () => {
    fc.assert(
      fc.property(hostile, (text) => {
        expect(scriptComment(text)).not.toMatch(/\$\(|[\p{Cc}\u2028\u2029]/u);
      }),
    );
  });
});

/** What SQL Server makes of `N'…' + NCHAR(n) + …`; throws where it is anything else. */
function valueOf(expression: string): string {
  const part = /(?:N'((?:[^']|'')*)'|NCHAR\((\d+)\))(?: \+ |$)/uy;
  let value = "";
  while (part.lastIndex < expression.length) {
    const at = part.lastIndex;
    const found = part.exec(expression);
    if (found === null) throw new Error(`Not a script string at ${at}: ${expression}`);
    value += found[1]?.replaceAll("''", "'") ?? String.fromCharCode(Number(found[2]));
  }
  return value;
}
