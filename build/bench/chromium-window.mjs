// Opens the window, or an empty one of the same host, in an installed Chromium without a screen, and takes the times.
import { EventEmitter, once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { start } from "../child.mjs";
import { root } from "../root.mjs";

const entry = path.join(root, "out", "electron", "window-main.js");
const watcher = pathToFileURL(path.join(import.meta.dirname, "watch-window.mjs")).href;

/**
 * @param {string} browser program
 * @param {"window" | "blank"} shows
 * @returns {Promise<{pid: number, drawnMs: number, usableMs: number, failOver: () => Promise<object>, close: () => Promise<void>}>}
 *   times from the start of the process
 */
export async function openInChromium(browser, shows) {
  const dataDir = mkdtempSync(path.join(tmpdir(), "mi-link-bench-"));
  const began = performance.now();
  const child = start(
    process.execPath,
    [
      ...["--import", watcher, entry, "--browser", browser, "--headless", "--data-dir", dataDir],
      ...(shows === "blank" ? ["--connect"] : []),
    ],
    {
      stdio: ["ignore", "ignore", "inherit", "ipc"],
      env: { ...process.env, MI_LINK_BENCH: shows },
    },
  );
  const closed = new Promise((resolve) => child.once("close", resolve));
  const ended = new AbortController();
  void closed.then(() => ended.abort());
  const told = new EventEmitter();
  child.on("message", ({ kind, ...rest }) =>
    told.emit(kind, { ...rest, atMs: performance.now() - began }),
  );
  const until = async (kind) => (await once(told, kind, { signal: ended.signal }))[0];
  const [drawn, usable] = await Promise.all([until("drawn"), until("usable")]);
  return {
    pid: child.pid,
    drawnMs: drawn.atMs,
    usableMs: usable.atMs,
    failOver() {
      child.send("failOver");
      return until("failedOver");
    },
    async close() {
      child.kill("SIGTERM");
      await closed;
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
