// `npm start`: installs and builds what is needed, then opens the window, or without a display takes a practice database through a failover here.
import path from "node:path";
import { parseArgs } from "node:util";
import { ensureBuilt } from "./build.mjs";
import { command, run } from "./child.mjs";
import { findHost, hasDisplay } from "./find-host.mjs";
import { guide } from "./guide.mjs";
import { ensureInstalled, requireNode } from "./install.mjs";
import { root } from "./root.mjs";

requireNode();
const seconds = (fromMs) => `${((Date.now() - fromMs) / 1000).toFixed(1)} s`;

/** Runs one part, and says how long it took. */
async function timed(name, part) {
  const began = Date.now();
  const answer = await part();
  console.error(`${name}: ${answer === false ? "up to date" : seconds(began)}`);
  return answer;
}

function parseOptions() {
  const { values } = parseArgs({
    options: {
      connect: { type: "boolean", default: false },
      host: { type: "string" },
      "data-dir": { type: "string" },
      "client-id": { type: "string" },
    },
  });
  if (values.host !== undefined && !["electron", "chromium"].includes(values.host)) {
    throw new Error("--host is electron or chromium.");
  }
  return values;
}

/** The arguments that the window takes over as they are. */
function windowArguments({ connect, ...values }) {
  const handed = ["data-dir", "client-id"].flatMap((name) =>
    values[name] === undefined ? [] : [`--${name}`, values[name]],
  );
  return [...(connect ? ["--connect"] : []), ...handed];
}

/** @returns {Promise<number>} the window's exit code, when it is closed */
async function openWindow(values) {
  const { kind, file } = await findHost(values.host);
  const bundle = (name) => path.join(root, "out", "electron", name);
  const args = windowArguments(values);
  if (kind === "chromium") {
    return run(process.execPath, [bundle("window-main.js"), "--browser", file, ...args]);
  }
  // Chromium's sandbox does not start for root.
  const asRoot = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  return run(file, [...asRoot, bundle("main.js"), ...args]);
}

await command(async () => {
  const values = parseOptions();
  await timed("Install", ensureInstalled);
  await timed("Build", ensureBuilt);
  if (hasDisplay()) {
    process.exitCode = await openWindow(values);
    return;
  }
  if (values.connect || values.host !== undefined) {
    throw new Error(
      "There is no display to show a window on. For real servers: node out/electron/cli.js --help",
    );
  }
  const began = Date.now();
  process.exitCode = await guide();
  console.error(`Run: ${seconds(began)}`);
});
