// The packaged program, made around stand-ins for Electron, and that each check of it can fail.
import asar from "@electron/asar";
import { flipFuses, FuseV1Options, FuseVersion } from "@electron/fuses";
import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import readline from "node:readline";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { start } from "../../build/child.mjs";
import { packageStandIn } from "../../build/package/builder.mjs";
import { checked } from "../../build/package/checks.mjs";
import { factsOf } from "../../build/package/facts.mjs";
import { loadsOf } from "../../build/package/loads.mjs";
import { platforms, programFile, unpackedFolder } from "../../build/package/platforms.mjs";
import { root } from "../../build/root.mjs";

/** @returns {readonly string[]} what all checks say against it */
const complaints = (facts) => checked(facts).flatMap((check) => check.complaints);

describe("a packaged program", () => {
  const output = mkdtempSync(path.join(tmpdir(), "mi-link-package-"));
  const archiveOf = (platform) =>
    path.join(unpackedFolder(output, platform), "resources", "app.asar");
  beforeAll(async () => {
    for (const platform of platforms) await packageStandIn(platform, output);
  }, 240_000);
  afterAll(() => rmSync(output, { recursive: true, force: true }));

  test.each(platforms)(
    "is as it should be on %s, and says that it is a stand-in",
    async (where) => {
      expect(complaints(await factsOf(output, where))).toEqual([]);
      expect(existsSync(path.join(unpackedFolder(output, where), "STAND-IN.txt"))).toBe(true);
    },
  );

  test("carries a practice estate that starts with nothing beside it", async () => {
    const alone = path.join(output, "alone");
    asar.extractAll(archiveOf("linux"), alone);
    const estate = start(process.execPath, ["out/practice/main.js", "--control"], {
      cwd: alone,
      stdio: ["pipe", "pipe", "ignore"],
    });
    const ended = once(estate, "close");
    const lines = readline.createInterface({ input: estate.stdout });
    const first = await Promise.race([once(lines, "line"), ended]);
    expect(first).toEqual([expect.stringContaining('"ready":true')]);
    estate.stdin.end();
    expect(await ended).toEqual([0, null]);
  });

  test("is refused once a fuse of its file is set otherwise", async () => {
    await flipFuses(programFile(output, "linux"), {
      version: FuseVersion.V1,
      [FuseV1Options.RunAsNode]: true,
    });
    expect(complaints(await factsOf(output, "linux"))).toEqual(["RunAsNode is on, not off"]);
  });

  test("is refused once its archive is another than the one it was sealed with", async () => {
    const unpacked = path.join(output, "archive");
    asar.extractAll(archiveOf("win32"), unpacked);
    mkdirSync(path.join(unpacked, "practice"));
    writeFileSync(path.join(unpacked, "practice", "estate.ts"), "");
    rmSync(path.join(unpacked, "out", "electron", "preload.cjs"));
    await asar.createPackage(unpacked, archiveOf("win32"));
    expect(complaints(await factsOf(output, "win32"))).toEqual([
      "out/electron/preload.cjs is missing",
      "practice/estate.ts does not belong in it",
      "out/electron/preload.cjs is loaded and missing",
      "the hash it holds is not that of resources/app.asar",
    ]);
  });

  test("is not made from a configuration with a key that does not exist", async () => {
    const change = { electronFusez: {} };
    await expect(packageStandIn("linux", output, change)).rejects.toThrow(/electronFusez/);
  });
});

/** The least that is as it should be. */
const texts = {
  "package.json": '{"version":"1.2.3","main":"out/electron/main.js","type":"module"}',
  "out/electron/main.js": 'import { a } from "./a.js";\nimport { app } from "electron";\n',
  "out/electron/a.js": 'import fs from "node:fs";\nexport const b = () => import("./b.js");\n',
  "out/electron/b.js": 'const net = __require("net");\n',
  "out/electron/preload.cjs": 'let electron = require("electron");\n',
  "out/renderer/index.html": '<script type="module" src="./assets/page.js"></script>',
  "out/renderer/assets/page.js": "",
  "out/practice/main.js": 'import tls from "node:tls";\n',
  "out/practice/sql-wasm.wasm": "",
};
const good = {
  unsealed: [],
  resources: ["app.asar"],
  fuses: {
    RunAsNode: "off",
    EnableCookieEncryption: "on",
    EnableNodeOptionsEnvironmentVariable: "off",
    EnableNodeCliInspectArguments: "off",
    EnableEmbeddedAsarIntegrityValidation: "on",
    OnlyLoadAppFromAsar: "on",
    LoadBrowserProcessSpecificV8Snapshot: "off",
    GrantFileProtocolExtraPrivileges: "off",
  },
  headerHash: "abc",
  windows: {
    strings: { ProductName: "MI Link Failover", FileVersion: "1.2.3" },
    hasOwnIcon: true,
    integrity: { "resources\\app.asar": "abc" },
  },
};

/** Facts with other texts in the archive; `undefined` takes a file out. */
function withTexts(change) {
  const all = Object.entries({ ...texts, ...change }).filter(([, text]) => text !== undefined);
  return { ...good, files: all.map(([name]) => name), texts: new Map(all) };
}

test("nothing is said against a program that is as it should be, on Linux either", () => {
  expect(complaints(withTexts({}))).toEqual([]);
  expect(complaints({ ...withTexts({}), windows: undefined })).toEqual([]);
});

describe("an archive is refused", () => {
  test.each([
    ["a source of the practice estate", "practice/estate.ts"],
    ["a test", "test/app/planned-failover.test.ts"],
    ["a package", "node_modules/react/index.js"],
    ["a source map", "out/practice/main.js.map"],
    ["a declaration", "out/types/shared/ipc.d.ts"],
    ["a former package", "out/release/linux-unpacked/resources/app.asar"],
  ])("with %s in it", (_what, name) => {
    expect(complaints(withTexts({ [name]: "" }))).toEqual([`${name} does not belong in it`]);
  });

  test.each(["out/electron/main.js", "out/renderer/assets/page.js"])(
    "with a source map at the end of %s",
    (name) => {
      const text = `${texts[name]}//# sourceMappingURL=data:application/json;base64,e30=\n`;
      expect(complaints(withTexts({ [name]: text }))).toEqual([`${name} carries a source map`]);
    },
  );

  test.each([
    "out/electron/main.js",
    "out/electron/preload.cjs",
    "out/renderer/index.html",
    "out/renderer/assets/page.js",
    "out/practice/main.js",
    "out/practice/sql-wasm.wasm",
  ])("without %s", (name) => {
    expect(complaints(withTexts({ [name]: undefined }))).toContain(`${name} is missing`);
  });

  test("whose package.json starts something else, or as another kind of script", () => {
    expect(complaints(withTexts({ "package.json": '{"version":"1.2.3","main":"x.js"}' }))).toEqual([
      "package.json starts x.js, not out/electron/main.js",
      'package.json does not say "type": "module"',
    ]);
  });

  test("whose page loads no script", () => {
    const change = { "out/renderer/index.html": "" };
    expect(complaints(withTexts(change))).toEqual(["out/renderer/index.html loads no script"]);
  });

  test("with a file that has no hash", () => {
    const facts = { ...withTexts({}), unsealed: ["out/electron/a.js"] };
    expect(complaints(facts)).toEqual(["out/electron/a.js has no hash"]);
  });

  test("that lacks a bundle which another one loads later", () => {
    expect(complaints(withTexts({ "out/electron/b.js": undefined }))).toEqual([
      "out/electron/b.js is loaded and missing",
    ]);
  });

  test.each([
    ["out/electron/b.js", 'const { chromium } = await import("playwright-core");\n'],
    ["out/electron/a.js", `${texts["out/electron/a.js"]}export * from "playwright-core";\n`],
    ["out/electron/preload.cjs", 'require("playwright-core");\n'],
    ["out/practice/main.js", 'import "playwright-core";\n'],
  ])("whose %s loads the browser driver", (name, text) => {
    expect(complaints(withTexts({ [name]: text }))).toEqual([`${name} loads playwright-core`]);
  });

  test("whose practice estate loads Electron", () => {
    const change = { "out/practice/main.js": 'import { app } from "electron";\n' };
    expect(complaints(withTexts(change))).toEqual(["out/practice/main.js loads electron"]);
  });

  test("with the entry of the Chromium host, which Electron's does not load", () => {
    expect(complaints(withTexts({ "out/electron/window-main.js": "" }))).toEqual([
      "out/electron/window-main.js is not loaded by out/electron/main.js: leave it out in electron-builder.yml",
    ]);
  });
});

describe("a program is refused", () => {
  test.each(["app", "default_app.asar", "app.asar.unpacked"])("with resources/%s", (name) => {
    const facts = { ...withTexts({}), resources: ["app.asar", name] };
    expect(complaints(facts)).toEqual([`resources/${name} is there`]);
  });

  test.each(Object.entries(good.fuses))("whose fuse %s is not %s", (name, wished) => {
    const other = wished === "on" ? "off" : "on";
    const facts = withTexts({});
    expect(complaints({ ...facts, fuses: { ...good.fuses, [name]: other } })).toEqual([
      `${name} is ${other}, not ${wished}`,
    ]);
    expect(complaints({ ...facts, fuses: { ...good.fuses, [name]: undefined } })).toEqual([
      `${name} is not there, not ${wished}`,
    ]);
  });

  test("that still carries Electron's name, version and icon, or no hash", () => {
    const strings = { ProductName: "Electron", FileVersion: "45.4.1" };
    const windows = { strings, hasOwnIcon: false, integrity: {} };
    expect(complaints({ ...withTexts({}), windows })).toEqual([
      "ProductName is Electron",
      "FileVersion is 45.4.1, not 1.2.3",
      "its icon is not build/icons/icon.ico",
      "the hash it holds is not that of resources/app.asar",
    ]);
  });
});

test("the command ends with 1 once a check complains", { timeout: 120_000 }, () => {
  // As if a folder that Electron prefers lay beside each archive.
  const meddling = `
    import fs from "node:fs";
    import { syncBuiltinESMExports } from "node:module";
    const { readdirSync } = fs;
    fs.readdirSync = (folder, options) =>
      options === undefined && folder.endsWith("resources")
        ? [...readdirSync(folder), "app"]
        : readdirSync(folder, options);
    syncBuiltinESMExports();
    // So does electron-builder, once it has fetched something.
    process.on("beforeExit", () => process.exit(0));`;
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ["--import", `data:text/javascript,${encodeURIComponent(meddling)}`, "build/package.mjs"],
    { cwd: root, encoding: "utf8" },
  );
  expect(stdout.match(/resources\/app is there/g)).toHaveLength(platforms.length);
  expect(stderr).toContain("2 things are not as they should be. Publish nothing.");
  expect(status).toBe(1);
});

test("what a bundle loads is found as the bundler writes it, and not in its strings", () => {
  const text = [
    'import { a,\n  b } from "one";',
    'import "two";',
    'export { c } from "three";',
    'const later = () => import("four").then(use);',
    'const { d } = __require("five");',
    'const sentence = "imported from somewhere";',
  ].join("\n");
  expect(loadsOf(text)).toEqual(["one", "two", "three", "four", "five"]);
});
