// Each wall between the rooms still refuses what it is there to refuse.
import { ESLint } from "eslint";
import type { Linter } from "eslint";
import path from "node:path";
import ts from "typescript";
import { describe, expect, test } from "vitest";

const root = path.resolve(import.meta.dirname, "../..");
const eslint = new ESLint({
  cwd: root,
  overrideConfigFile: "build/eslint.config.mjs",
  overrideConfig: {
    files: ["**/*.{ts,tsx}"],
    // Where CI=true is set typescript-eslint reads the file from disk instead of the text given here.
    languageOptions: { parserOptions: { disallowAutomaticSingleRunInference: true } },
  },
});

/** What lint says when `text` stands in place of an existing file of a room. */
async function complaints(file: string, text: string): Promise<readonly Linter.LintMessage[]> {
  const results = await eslint.lintText(text, { filePath: path.join(root, file) });
  return results.flatMap((result) => result.messages);
}

/** The rules that complain. */
async function refusedBy(file: string, text: string): Promise<readonly (string | null)[]> {
  return (await complaints(file, text)).map(({ ruleId }) => ruleId);
}

/** Compiler errors of a room when a file with `text` is planted into it. */
function compilerErrors(room: string, text: string): readonly number[] {
  const planted = path.join(root, room, "planted-by-a-test.ts");
  const configFile = path.join(root, room, "tsconfig.json");
  const config = ts.parseJsonConfigFileContent(
    ts.readConfigFile(configFile, (name) => ts.sys.readFile(name)).config,
    ts.sys,
    path.dirname(configFile),
  );
  const host = ts.createCompilerHost(config.options);
  const readFile = host.readFile.bind(host);
  const getSourceFile = host.getSourceFile.bind(host);
  host.fileExists = (name) => name === planted || ts.sys.fileExists(name);
  host.readFile = (name) => (name === planted ? text : readFile(name));
  host.getSourceFile = (name, options) =>
    name === planted ? ts.createSourceFile(name, text, options) : getSourceFile(name, options);
  const program = ts.createProgram({
    rootNames: [planted],
    options: config.options,
    host,
    ...(config.projectReferences ? { projectReferences: config.projectReferences } : {}),
  });
  const found = [...program.getOptionsDiagnostics(), ...program.getGlobalDiagnostics()];
  const file = program.getSourceFile(planted);
  return [
    ...found,
    ...program.getSemanticDiagnostics(file),
    ...program.getSyntacticDiagnostics(file),
  ].map((diagnostic) => diagnostic.code);
}

/** TS6307 "file is not listed" or TS6059 "not under rootDir": the import leaves the room. */
const leavesTheRoom = expect.arrayContaining([6307]) as unknown;

describe("the compiler refuses", () => {
  const cases: readonly (readonly [string, string])[] = [
    [
      "shared",
      "import type { SqlSession } from '../electron/sql/session.ts';\nexport type X = SqlSession;\n",
    ],
    [
      "shared",
      "import type { SqlType } from '../practice/sql-types.ts';\nexport type X = SqlType;\n",
    ],
    [
      "electron",
      "import type { SqlType } from '../practice/sql-types.ts';\nexport type X = SqlType;\n",
    ],
    [
      "renderer",
      "import type { SqlSession } from '../electron/sql/session.ts';\nexport type X = SqlSession;\n",
    ],
    [
      "practice",
      "import type { Side } from '../shared/estate/estate.ts';\nexport type X = Side;\n",
    ],
  ];
  test.each(cases)("a wrong-way import in %s: %s", (room, text) => {
    expect(compilerErrors(room, text)).toEqual(leavesTheRoom);
  });

  test("nothing of an import that goes the right way", () => {
    expect(
      compilerErrors(
        "electron",
        "import type { Side } from '../shared/estate/estate.ts';\nexport type X = Side;\n",
      ),
    ).toEqual([]);
  });

  test.each(["process.exit(1)", "window.close()", "setTimeout(() => undefined, 1)"])(
    "the world outside in shared: %s",
    (text) => {
      expect(compilerErrors("shared", `${text};\nexport {};\n`)).not.toEqual([]);
    },
  );
});

describe("lint refuses", () => {
  test.each([
    ["shared/assert-never.ts", "export { readFile } from '../electron/run/clock.ts';\n"],
    ["electron/run/clock.ts", "export { createWorld } from '../../practice/world/world.ts';\n"],
    ["practice/sql-types.ts", "export { quoteName } from '../shared/sql/quote.ts';\n"],
    ["electron/run/clock.ts", "import sql from 'mssql';\nexport const pool = sql;\n"],
    ["electron/run/clock.ts", "import msal from '@azure/msal-node';\nexport const m = msal;\n"],
    ["electron/sql/session.ts", "import arm from '@azure/arm-sql';\nexport const a = arm;\n"],
    [
      "electron/run/clock.ts",
      "import { Connection } from 'tedious';\nexport const c = Connection;\n",
    ],
    ["electron/run/clock.ts", "import { app } from 'electron';\nexport const a = app;\n"],
    ["electron/sql/session.ts", "import { app } from 'electron';\nexport const a = app;\n"],
  ])("an import that has another home, in %s: %s", async (file, text) => {
    expect(await refusedBy(file, text)).toContain("no-restricted-imports");
  });

  test.each([
    "export { readFile } from '../electron/run/clock.ts';\n",
    "export { createWorld } from '../practice/world/world.ts';\n",
    "import { app } from 'electron';\nexport const a = app;\n",
  ])("an import of the renderer from where it has no business: %s", async (text) => {
    expect(await refusedBy("renderer/theme.ts", text)).toContain("no-restricted-imports");
  });

  test("the main process asked past renderer/api.ts", async () => {
    const text = "export const there = 'api' in window && window.api;\n";
    expect(await refusedBy("renderer/theme.ts", text)).toContain("no-restricted-properties");
    expect(await refusedBy("renderer/api.ts", text)).not.toContain("no-restricted-properties");
  });

  test("nothing of mssql in its home", async () => {
    const text = "import sql from 'mssql';\nexport const pool = sql;\n";
    expect(await refusedBy("electron/sql/session.ts", text)).not.toContain("no-restricted-imports");
  });

  test.each([
    ["a literal", "export const text = 'ALTER AVAILABILITY GROUP [x] FAILOVER';\n"],
    ["a template", "export const text = (name: string) => `DROP AVAILABILITY GROUP ${name}`;\n"],
    ["a sum", "export const text = (name: string) => 'ALTER ' + 'DATABASE ' + name;\n"],
    ["a query", "export const text = 'SELECT name FROM sys.databases';\n"],
  ])("SQL text outside its rooms, as %s", async (_as, text) => {
    expect(await refusedBy("electron/run/clock.ts", text)).toContain("product/no-sql-text");
    expect(await refusedBy("shared/assert-never.ts", text)).toContain("product/no-sql-text");
  });

  test("no sentence that only mentions a statement by name", async () => {
    const text = "export const text = 'FAILOVER returned without error on SQLBOX01.';\n";
    expect(await refusedBy("electron/run/clock.ts", text)).not.toContain("product/no-sql-text");
  });

  test("a clock in shared", async () => {
    const text = "export const at = Date.now();\n";
    expect(await refusedBy("shared/assert-never.ts", text)).toContain("no-restricted-syntax");
  });

  test("words of the page in a component, and none that come from the one place", async () => {
    const refused = [
      "<p>Nothing is lost.</p>",
      "<p>{'Nothing is lost.'}</p>",
      "<p>{`${name} is read.`}</p>",
      "<>{isOpen ? 'Open' : name}</>",
      "<p>{name ?? 'Unknown'}</p>",
      "<button aria-label='Close' />",
      "<button title={`Close ${name}`} />",
      "<button aria-label={isOpen ? name : `Open ${name}`} />",
      "<input placeholder='Name' />",
      "<img alt='Both sides' />",
    ];
    const allowed = [
      "<p className='quiet'>{name}</p>",
      "<p>{name}: {isOpen ? '-' : `${name}…`}</p>",
      "<input type='text' title={words[isOpen ? 'open' : 'shut']} />",
    ];
    const text = [...refused, ...allowed].map((part) => `export const Part = () => ${part};`);
    const found = await complaints("renderer/main.tsx", text.join("\n"));
    const lines = found.flatMap(({ ruleId, line }) =>
      ruleId === "no-restricted-syntax" ? [line] : [],
    );
    expect(lines).toEqual(refused.map((_, index) => index + 1));
  });

  test("a promise nobody waits for, and any that leaks from JSON", async () => {
    const floating = "declare function f(): Promise<void>;\nexport const g = () => { f(); };\n";
    const leaking = "export const n: number = JSON.parse('1');\n";
    expect(await refusedBy("electron/run/clock.ts", floating)).toContain(
      "@typescript-eslint/no-floating-promises",
    );
    expect(await refusedBy("electron/run/clock.ts", leaking)).toContain(
      "@typescript-eslint/no-unsafe-assignment",
    );
  });

  test("a file of more than 350 lines", async () => {
    const long = Array.from(
      { length: 351 },
      (_, n) => `export const line${String(n)} = ${String(n)};`,
    );
    expect(await refusedBy("electron/run/clock.ts", `${long.join("\n")}\n`)).toContain("max-lines");
  });
});
