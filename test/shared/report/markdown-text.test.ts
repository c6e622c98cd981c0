// Texts in Markdown: shown as they are, marking up nothing.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { markdownCode, markdownText } from "../../../shared/report/markdown-text.ts";
import { visibleText } from "../../../shared/visible-text.ts";

describe("markdownText", () => {
  test.each([
    ["a|b", "a\\|b"],
    ["`a`", "\\`a\\`"],
    ["<b>&amp;</b>", "&lt;b&gt;&amp;amp;&lt;/b&gt;"],
    ["a\r\nb", "a\\\\u000d\\\\u000ab"],
    ["[a](http://b)", "\\[a\\](http\\://b)"],
    ["www.adatum.example", "www\\.adatum.example"],
    ["- a", "\\- a"],
    ["1. a", "1\\. a"],
    ["16.0.4125.3 on 2026-11-21", "16.0.4125.3 on 2026-11-21"],
    ["# a_b *c* ~d~ $e$ @f \\g", "\\# a\\_b \\*c\\* \\~d\\~ \\$e\\$ \\@f \\\\g"],
  ])("writes %j as %j", (text, markdown) => {
    expect(markdownText(text)).toBe(markdown);
  });

  test("says the same as the visible text when its escapes are taken away again", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const shown = markdownText(text)
          .replaceAll(/\\([!-/:-@[-`{-~])/gu, "$1")
          .replaceAll("&lt;", "<")
          .replaceAll("&gt;", ">")
          .replaceAll("&amp;", "&");
        expect(shown).toBe(visibleText(text));
      }),
    );
  });
});

describe("markdownCode", () => {
  test("fences code so that no run of backticks inside closes it", () => {
    expect(markdownCode("a\n````\nb", "sql")).toBe("`````sql\na\n````\nb\n`````");
    expect(markdownCode("a", "http")).toBe("```http\na\n```");
  });
});
