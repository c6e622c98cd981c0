// Opens the window, or an empty one, in Electron, and takes the times.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { _electron } from "playwright-core";
import { root } from "../root.mjs";
import { untilBlankIsUsable, untilDrawn, untilTreeIsUsable } from "./page.mjs";

const scripts = {
  window: path.join(root, "out", "electron", "main.js"),
  blank: path.join(import.meta.dirname, "blank-electron.mjs"),
};

/** As `openInChromium`, but for `failOver`: nothing reaches the estate that Electron starts. */
export async function openInElectron(binary, shows) {
  const folder = mkdtempSync(path.join(tmpdir(), "mi-link-bench-"));
  const began = performance.now();
  const app = await _electron.launch({
    executablePath: binary,
    // Chromium's sandbox does not start for root.
    args: [
      ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
      ...[scripts[shows], "--data-dir", folder],
    ],
    // Electron's own files apart: a second window of one folder only brings the first forward.
    env: { ...process.env, XDG_CONFIG_HOME: folder, APPDATA: folder },
  });
  const page = await app.firstWindow();
  await untilDrawn(page);
  const drawnMs = performance.now() - began;
  await (shows === "window" ? untilTreeIsUsable(page) : untilBlankIsUsable(page));
  return {
    pid: app.process().pid,
    drawnMs,
    usableMs: performance.now() - began,
    async close() {
      await app.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
