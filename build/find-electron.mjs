// Electron's binary: whether it is there and answers, and one attempt to fetch it where it is not. Never loads the package, which would fetch by itself.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";
import { start } from "./child.mjs";
import { root } from "./root.mjs";

const packageFolder = path.join(root, "node_modules", "electron");
const answerMs = 10_000;
const fetchMs = 120_000;
const dayMs = 24 * 60 * 60 * 1000;

/** @returns {string | undefined} the binary's file, when it is there */
export function electronBinary(folder = packageFolder) {
  const told = path.join(folder, "path.txt");
  const named = process.platform === "win32" ? "electron.exe" : "electron";
  const relative = existsSync(told) ? readFileSync(told, "utf8") : named;
  const file = path.join(
    process.env.ELECTRON_OVERRIDE_DIST_PATH ?? path.join(folder, "dist"),
    relative,
  );
  return existsSync(file) ? file : undefined;
}

/** A binary for another system, or one that lacks a library, is there and does not run. */
export function answers(file) {
  const asked = spawnSync(file, ["--version"], { timeout: answerMs, stdio: "ignore" });
  return asked.status === 0;
}

/** Where a failed attempt is remembered: this user's own cache folder. */
export function failureFile(environment = process.env, platform = process.platform) {
  const cache = platform === "win32" ? environment.LOCALAPPDATA : environment.XDG_CACHE_HOME;
  const folder = cache && path.isAbsolute(cache) ? cache : path.join(homedir(), ".cache");
  return path.join(folder, "mi-link-failover", "electron-not-fetched");
}

/** True while the last attempt failed less than a day ago. */
export function failedToday(file, nowMs = Date.now()) {
  const found = statSync(file, { throwIfNoEntry: false });
  return found !== undefined && nowMs - found.mtimeMs < dayMs;
}

/** One attempt, with progress, at most 120 s; proxy and mirror as the environment names them. @returns {Promise<boolean>} */
export async function fetchElectron(file = failureFile()) {
  if (failedToday(file)) {
    console.error(`Electron could not be fetched in the last day. To try again, delete ${file}.`);
    return false;
  }
  console.error("Fetching Electron, once, for at most 120 s (--host chromium skips this) ...");
  const fetched = await installs();
  if (fetched) rmSync(file, { force: true });
  else remember(file);
  return fetched;
}

function installs() {
  const proxies = ["HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy"];
  const hasProxy = proxies.some((name) => process.env[name]);
  const began = Date.now();
  const child = start(process.execPath, [path.join(packageFolder, "install.js")], {
    env: { ...process.env, ...(hasProxy ? { ELECTRON_GET_USE_PROXY: "1" } : {}) },
    stdio: ["ignore", 2, "ignore"],
  });
  const progress = setInterval(() => {
    console.error(`  still fetching, ${Math.round((Date.now() - began) / 1000)} s`);
  }, 5000);
  const limit = setTimeout(() => child.kill("SIGKILL"), fetchMs);
  return new Promise((resolve) => {
    const done = (isThere) => {
      clearInterval(progress);
      clearTimeout(limit);
      resolve(isThere);
    };
    child.once("error", () => done(false));
    child.once("close", (code) => done(code === 0));
  });
}

/** A cache folder that cannot be written costs another attempt next time. */
function remember(file) {
  try {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, "Electron could not be fetched. Delete this file to try again at once.\n");
  } catch {
    console.error(`${file} cannot be written; the next start tries again.`);
  }
}
