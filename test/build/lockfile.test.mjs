// The lock file serves every platform the product is built on, names no registry, and pins exactly.
import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { root } from "../../build/root.mjs";

const read = (file) => JSON.parse(readFileSync(path.join(root, file), "utf8"));
const { packages } = read("package-lock.json");
const manifest = read("package.json");
const nameOf = (place) => place.replace(/^.*node_modules\//, "");
const names = new Set(Object.keys(packages).map(nameOf));

/** Optional dependencies that the lock promises but does not hold: `npm ci` fails on the platform that needs them. */
function missingFrom(entries, have) {
  return Object.entries(entries).flatMap(([place, entry]) =>
    Object.keys(entry.optionalDependencies ?? {})
      .filter((name) => !have.has(name))
      .map((name) => `${nameOf(place)} -> ${name}`),
  );
}

describe("the lock file", () => {
  test("holds every optional package of every platform", () => {
    expect(missingFrom(packages, names)).toEqual([]);
  });

  test("would be found incomplete if a Windows binary were left out", () => {
    const windows = [...names].filter((name) => name.includes("win32-x64"));
    expect(windows.length).toBeGreaterThan(0);
    const without = new Set([...names].filter((name) => name !== windows[0]));
    expect(missingFrom(packages, without)).toContainEqual(expect.stringContaining(windows[0]));
  });

  test("holds the bundler for Windows and for Linux", () => {
    const bundlers = [...names].filter((name) => name.startsWith("@rolldown/binding-"));
    expect(bundlers).toEqual(
      expect.arrayContaining([
        "@rolldown/binding-win32-x64-msvc",
        "@rolldown/binding-linux-x64-gnu",
      ]),
    );
  });

  test("names no place to download from, so that any registry serves it", () => {
    expect(Object.values(packages).filter((entry) => "resolved" in entry)).toEqual([]);
  });

  test("needs no install script but those refused or known harmless", () => {
    const scripted = Object.entries(packages).filter(([, entry]) => entry.hasInstallScript);
    const names = scripted.map(([place]) => nameOf(place)).filter((name) => name !== "fsevents");
    // An npm too old to know allowScripts runs them: one copies a file inside its own folder, the other finds what it was shipped with.
    expect(names).toEqual(["electron-winstaller", "tree-sitter-powershell"]);
    expect(manifest.allowScripts).toEqual({
      "electron-winstaller": false,
      "tree-sitter-powershell": false,
    });
  });

  test("gives one tedious, the one that is pinned", () => {
    const tedious = Object.entries(packages).filter(([place]) => nameOf(place) === "tedious");
    expect(tedious.map(([, entry]) => entry.version)).toEqual([manifest.devDependencies.tedious]);
  });
});

test("package.json pins exact versions and runs on Windows too", () => {
  const versions = Object.values(manifest.devDependencies);
  expect(versions.filter((version) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
  const scripts = Object.values(manifest.scripts);
  expect(scripts.filter((script) => !script.startsWith("node "))).toEqual([]);
});
