// The help leaves nothing out: every check that a finding can carry, every row of the error tables, every page and window.
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { armErrorRows } from "../../../shared/errors/azure-errors.ts";
import { entraRows } from "../../../shared/errors/entra-error-rows.ts";
import { driverErrorRows } from "../../../shared/errors/driver-errors.ts";
import { problemFromSqlError, sqlErrorRows } from "../../../shared/errors/sql-errors.ts";
import { webErrorRows } from "../../../shared/errors/web-errors.ts";
import { checkHelp } from "../../../shared/help/check-help.ts";
import { pageTopics } from "../../../shared/help/page-help.ts";
import { allTopics, foundTopics, topicOf } from "../../../shared/help/topics.ts";
import { pageTitles } from "../../../renderer/text/wizard-words.ts";

const topics = allTopics(pageTitles);
const ids = new Set(topics.map(({ id }) => id));
const root = path.resolve(import.meta.dirname, "../../..");

function sourcesIn(room: "shared" | "electron"): readonly string[] {
  const folder = path.join(root, room);
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts") && !name.startsWith("help"))
    .map((name) => readFileSync(path.join(folder, name), "utf8"));
}

/** Names of checks as whoever makes findings writes them. */
function checkNames(): readonly string[] {
  const files = sourcesIn("shared");
  const signs = [
    /placeOf\(\s*"(\w+)"/gu,
    /\bcheck: "(\w+)"/gu,
    /\bname: "(\w+)", (?:blocks|what):?/gu,
    /\bask(?:Source|Target)\(\s*input,\s*"(\w+)"/gu,
    /const check = "(\w+)"/gu,
  ];
  const found = files.flatMap((text) =>
    signs.flatMap((sign) => [...text.matchAll(sign)].map(([, name = ""]) => name)),
  );
  return [...new Set(found)].sort();
}

describe("everything explains itself:", () => {
  test("each check that a finding can carry, and no check that none does", () => {
    expect(checkNames().filter((name) => !(name in checkHelp))).toEqual([]);
    expect(Object.keys(checkHelp).filter((name) => !checkNames().includes(name))).toEqual([]);
    expect(checkNames().length).toBeGreaterThan(50);
  });

  test("each page and window", () => {
    expect(pageTopics.filter((id) => !ids.has(id))).toEqual([]);
  });

  test("each row of the error tables, by each of its numbers and codes", () => {
    const titles = topics.map(({ title }) => title).join("; ");
    const numbers = sqlErrorRows.flatMap((row) => row.numbers.map(String));
    const codes = [...armErrorRows, ...entraRows].flatMap((row) => row.codes);
    const signs = [...driverErrorRows, ...webErrorRows].flatMap((row) => row.signs);
    expect([...numbers, ...codes, ...signs].filter((one) => !titles.includes(one))).toEqual([]);
  });

  test("with what it is, why it matters, what to do and where to read more, each in words and once", () => {
    for (const { id, is, matters, act, source } of topics) {
      for (const words of [is, matters, act, source]) {
        expect(words.trim(), id).not.toBe("");
        expect(words, id).not.toMatch(/[{}]/u);
      }
    }
    expect(ids.size).toBe(topics.length);
  });
});

/** Codes of problems as whoever throws them writes them. */
function problemCodes(): readonly string[] {
  const found = [...sourcesIn("shared"), ...sourcesIn("electron")].flatMap((text) =>
    [...text.matchAll(/\bcode: "(\w+)"/gu)].map(([, code = ""]) => code),
  );
  return [...new Set(found)];
}

describe("an error that was met", () => {
  const said = { class: "block", summary: "The box is shut.", remedy: "Open it." } as const;

  test("leads to its row of the tables, by number or code", () => {
    for (const number of sqlErrorRows.flatMap((row) => row.numbers)) {
      expect(ids).toContain(topicOf(problemFromSqlError(number, "", "SQLBOX01")));
    }
    const rows = [...armErrorRows, ...entraRows, ...driverErrorRows, ...webErrorRows];
    for (const { code } of rows) expect(ids).toContain(topicOf({ ...said, code }));
  });

  test("that no table knows explains itself by its own sentences and what its class means", () => {
    expect(topicOf(problemFromSqlError(99_999, "", "SQLBOX01"))).toMatchObject({
      title: "sql99999",
      is: "SQLBOX01 answered with error 99999.",
    });
    expect(topicOf({ ...said, code: "boxShut" })).toEqual({
      id: "problem:boxShut",
      kind: "error",
      title: "boxShut",
      is: "The box is shut.",
      matters: "Nothing goes on before it is mended; nothing was changed by it.",
      act: "Open it.",
      source: "The README and the report of this tool",
    });
  });

  test("has an explanation whichever of the program's codes it carries", () => {
    const codes = problemCodes();
    expect(codes.length).toBeGreaterThan(150);
    expect(codes).toEqual(expect.arrayContaining(["noDataFolder", "settingsNotWritten"]));
    for (const code of codes) {
      const topic = topicOf({ ...said, code });
      const id = typeof topic === "string" ? topic : topic.id;
      expect(ids.has(id) || id === `problem:${code}`, code).toBe(true);
    }
  });
});

test("topics are found by number, code or words, whatever their order and case", () => {
  expect(foundTopics(topics, "47515").map(({ kind }) => kind)).toEqual(["error"]);
  expect(foundTopics(topics, "PERMISSIONS azure").map(({ id }) => id)).toContain(
    "check:linkRights",
  );
  expect(foundTopics(topics, "no such words anywhere")).toEqual([]);
  expect(foundTopics(topics, " ")).toEqual(topics);
});

test("the help says that activating the hybrid benefit while an instance is created is not done here", () => {
  const said = topics.filter(({ matters }) => /while an instance is created/u.test(matters));
  expect(said.map(({ id }) => id).sort()).toEqual(["check:hybridLink", "window:hybrid"]);
});
