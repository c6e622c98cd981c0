// The lint rules: strict types, the walls between the rooms, and the few rooms that may hold SQL text.
import js from "@eslint/js";
import reactHooks from "eslint-plugin-react-hooks";
import tseslint from "typescript-eslint";
import { noSqlText } from "./eslint/no-sql-text.mjs";
import { root } from "./root.mjs";

const rooms = ["shared", "electron", "renderer", "practice", "test"];

/** Packages with one home. Everybody else is told where to go. */
const homes = [
  {
    packages: ["mssql", "tedious"],
    allowed: "electron/sql/**",
    say: "electron/sql owns the connections",
  },
  {
    packages: ["@azure/*"],
    allowed: "electron/azure/**",
    say: "electron/azure speaks with Azure",
  },
  {
    packages: ["electron", "electron/*"],
    allowed: "electron/{host/electron-host,preload}.ts",
    say: "only electron/host/electron-host.ts and electron/preload.ts see Electron",
  },
];

/** Which rooms a room may not import, beside what the compiler refuses by itself. */
const walls = [
  { room: "shared", not: ["electron", "renderer", "practice", "test", "build"] },
  { room: "electron", not: ["renderer", "practice", "test", "build"] },
  { room: "renderer", not: ["electron", "practice", "test", "build"] },
  { room: "practice", not: ["shared", "electron", "renderer", "test", "build"] },
];

const refusals = (room, allowedFor) => [
  "error",
  {
    patterns: [
      ...homes
        .filter((home) => home.allowed !== allowedFor)
        .map(({ packages, say }) => ({ group: packages, message: `${say}.` })),
      ...walls
        .filter((wall) => wall.room === room)
        .map((wall) => ({
          group: wall.not.flatMap((other) => [`**/../${other}/**`, `../${other}/**`]),
          message: `${room} may not import from there; see ARCHITECTURE.md.`,
        })),
    ],
  },
];

/** Attributes whose value is read on the screen or read out. */
const visible = "/^(aria-label|title|label|placeholder|alt|content|hint|word|sentence|empty)$/";
const wordsIn = (node, field) => `${node}[${field}=/[A-Za-z]{2}/]`;

/** Words of the page in a component: between tags or in a visible attribute, as they are or in braces, there also as one of two. */
const wordsInComponents = [
  wordsIn("JSXText", "value"),
  `JSXAttribute[name.name=${visible}] > ${wordsIn("Literal", "value")}`,
  ...[":matches(JSXElement, JSXFragment)", `JSXAttribute[name.name=${visible}]`].flatMap((place) =>
    ["", " > :matches(ConditionalExpression, LogicalExpression)"].flatMap((choice) => [
      `${place} > JSXExpressionContainer${choice} > ${wordsIn("Literal", "value")}`,
      `${place} > JSXExpressionContainer${choice} > TemplateLiteral > ${wordsIn("TemplateElement", "value.raw")}`,
    ]),
  ),
];

const productRooms = ["shared", "electron", "renderer", "practice"];

export default tseslint.config(
  { ignores: ["out/**", "node_modules/**", "docs/**"] },
  js.configs.recommended,
  {
    files: ["**/*.ts", "**/*.tsx"],
    extends: [...tseslint.configs.strictTypeChecked],
    languageOptions: {
      parserOptions: {
        project: rooms.map((room) => `./${room}/tsconfig.json`),
        tsconfigRootDir: root,
      },
    },
    rules: {
      "@typescript-eslint/switch-exhaustiveness-check": [
        "error",
        { considerDefaultExhaustiveForUnions: true },
      ],
      "@typescript-eslint/restrict-template-expressions": [
        "error",
        { allowNumber: true, allowBoolean: false },
      ],
      "max-lines": ["error", { max: 350, skipBlankLines: false, skipComments: false }],
      "max-params": ["error", 4],
    },
  },
  ...productRooms.map((room) => ({
    files: [`${room}/**/*.{ts,tsx}`],
    rules: { "no-restricted-imports": refusals(room) },
  })),
  ...homes.map((home) => ({
    files: [home.allowed],
    rules: { "no-restricted-imports": refusals(home.allowed.split("/")[0], home.allowed) },
  })),
  {
    files: ["shared/**/*.ts", "electron/**/*.ts", "renderer/**/*.{ts,tsx}"],
    ignores: ["shared/sql/**", "shared/plan/actions/**", "electron/estate/queries/**"],
    plugins: { product: { rules: { "no-sql-text": noSqlText } } },
    rules: { "product/no-sql-text": "error" },
  },
  {
    ...reactHooks.configs.flat["recommended-latest"],
    files: ["renderer/**/*.{ts,tsx}"],
  },
  {
    // What the window may ask goes through one file, where every answer is typed.
    files: ["renderer/**/*.{ts,tsx}"],
    ignores: ["renderer/api.ts"],
    rules: {
      "no-restricted-properties": [
        "error",
        ...["window", "globalThis", "self"].map((object) => ({
          object,
          property: "api",
          message: "Only renderer/api.ts sees it.",
        })),
      ],
    },
  },
  {
    // All words of the page are in one place.
    files: ["renderer/**/*.tsx"],
    rules: {
      "no-restricted-syntax": [
        "error",
        ...wordsInComponents.map((selector) => ({
          selector,
          message: "Words of the page stand in renderer/text.ts and its parts.",
        })),
      ],
    },
  },
  {
    // Plans, gates and reports are the same for the same input: no clock and no chance in shared/.
    files: ["shared/**/*.ts"],
    rules: {
      "no-restricted-syntax": [
        "error",
        {
          selector: "NewExpression[callee.name='Date'][arguments.length=0]",
          message: "Time is passed in.",
        },
        {
          selector: "MemberExpression[object.name='Date'][property.name='now']",
          message: "Time is passed in.",
        },
        {
          selector: "MemberExpression[object.name='Math'][property.name='random']",
          message: "Chance is passed in.",
        },
      ],
    },
  },
  {
    files: ["**/*.mjs"],
    languageOptions: {
      globals: Object.fromEntries(
        [
          "Buffer",
          "process",
          "performance",
          "Buffer",
          "AbortController",
          "console",
          "URL",
          "setTimeout",
          "setInterval",
          "clearInterval",
          "clearTimeout",
        ].map((name) => [name, "readonly"]),
      ),
    },
  },
);
