// Which host shows the window: what is tried, in which order, and what is said when there is none.
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { browserPlaces } from "../../build/find-browser.mjs";
import { answers, electronBinary, failedToday, failureFile } from "../../build/find-electron.mjs";
import { findHost, hasDisplay } from "../../build/find-host.mjs";

/** A machine that writes down what it was asked. */
function machine({ electron = [], fetched = false, browser }) {
  const asked = [];
  return {
    asked,
    electronThatAnswers: () => (asked.push("electron"), electron.shift()),
    fetchElectron: () => (asked.push("fetch"), Promise.resolve(fetched)),
    findBrowser: () => (asked.push("browser"), browser),
  };
}

describe("the host of the window", () => {
  test("is Electron where its binary answers, and nothing is fetched", async () => {
    const here = machine({ electron: ["/electron"], browser: "/chromium" });
    expect(await findHost(undefined, here)).toEqual({ kind: "electron", file: "/electron" });
    expect(here.asked).toEqual(["electron"]);
  });
  test("is Electron after it was fetched", async () => {
    const here = machine({ electron: [undefined, "/electron"], fetched: true });
    expect(await findHost(undefined, here)).toEqual({ kind: "electron", file: "/electron" });
  });
  test("is the browser where Electron cannot be fetched, or does not answer afterwards", async () => {
    for (const fetched of [false, true]) {
      const here = machine({ fetched, browser: "/chromium" });
      expect(await findHost(undefined, here)).toEqual({ kind: "chromium", file: "/chromium" });
    }
  });
  test("is the browser when that is asked for: Electron is neither looked for nor fetched", async () => {
    const here = machine({ electron: ["/electron"], browser: "/chromium" });
    expect(await findHost("chromium", here)).toEqual({ kind: "chromium", file: "/chromium" });
    expect(here.asked).toEqual(["browser"]);
  });
  test("is nothing but a sentence with the package where neither is there", async () => {
    await expect(findHost(undefined, machine({}))).rejects.toThrow(/apt-get install .*chromium/);
    await expect(findHost("electron", machine({ browser: "/chromium" }))).rejects.toThrow(
      "Electron is not here",
    );
  });
});

describe("a display", () => {
  test.each([
    ["linux", { DISPLAY: ":0" }, true],
    ["linux", { WAYLAND_DISPLAY: "wayland-0" }, true],
    ["linux", { DISPLAY: "" }, false],
    ["linux", {}, false],
    ["win32", { SESSIONNAME: "Console" }, true],
    ["win32", {}, false],
  ])("on %s with %j is there: %s", (platform, environment, isThere) => {
    expect(hasDisplay(environment, platform)).toBe(isThere);
  });
});

describe("browsers on Windows", () => {
  test("are looked for where they are installed for all and for one, Edge before Chrome", () => {
    const places = browserPlaces("win32", {
      "PROGRAMFILES(X86)": "C:\\Program Files (x86)",
      LOCALAPPDATA: "C:\\Users\\d b a\\AppData\\Local",
    });
    expect(places.slice(0, 3)).toEqual([
      "C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe",
      "C:\\Users\\d b a\\AppData\\Local\\Microsoft\\Edge\\Application\\msedge.exe",
      "C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe",
    ]);
  });
});

describe("Electron's binary", () => {
  const folder = mkdtempSync(path.join(tmpdir(), "mi-link-electron-package-"));
  test("is missing until it is in dist, under the name that path.txt gives", () => {
    expect(electronBinary(folder)).toBeUndefined();
    mkdirSync(path.join(folder, "dist"));
    writeFileSync(path.join(folder, "dist", "other"), "");
    expect(electronBinary(folder)).toBeUndefined();
    writeFileSync(path.join(folder, "path.txt"), "other");
    expect(electronBinary(folder)).toBe(path.join(folder, "dist", "other"));
  });
  test("answers only when it runs and says its version", () => {
    expect(answers(process.execPath)).toBe(true);
    expect(answers(path.join(folder, "dist", "other"))).toBe(false);
    expect(answers("/nowhere/electron")).toBe(false);
  });
});

describe("a failed attempt to fetch Electron", () => {
  test("is remembered for a day in this user's cache folder", () => {
    const cache = mkdtempSync(path.join(tmpdir(), "mi-link-cache-"));
    const file = failureFile({ XDG_CACHE_HOME: cache }, "linux");
    expect(file.startsWith(cache)).toBe(true);
    expect(failedToday(file)).toBe(false);
    mkdirSync(path.dirname(file));
    writeFileSync(file, "");
    const now = Date.now();
    expect(failedToday(file, now)).toBe(true);
    const hours = (count) => new Date(now - count * 3_600_000);
    utimesSync(file, hours(23), hours(23));
    expect(failedToday(file, now)).toBe(true);
    utimesSync(file, hours(25), hours(25));
    expect(failedToday(file, now)).toBe(false);
    rmSync(cache, { recursive: true });
  });
});
