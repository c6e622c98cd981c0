// `npm run bench`: how the window compares with an empty one of the same host, a failover with what the estate itself needs, and the bundles with React alone.
import { once } from "node:events";
import { arch, cpus, loadavg, platform } from "node:os";
import path from "node:path";
import { text } from "node:stream/consumers";
import { setTimeout as delay } from "node:timers/promises";
import { parseArgs } from "node:util";
import { ensureBuilt } from "./build.mjs";
import { command, start } from "./child.mjs";
import { findBrowser, noBrowser } from "./find-browser.mjs";
import { answers, electronBinary } from "./find-electron.mjs";
import { hasDisplay } from "./find-host.mjs";
import { ensureInstalled, requireNode } from "./install.mjs";

const help = `Usage: npm run bench -- [options]

Measures the built product on this machine and prints every figure as a ratio, with what it is a ratio of.

  --runs N         How often each window is opened; the figures are medians. Default 3.
  --host HOST      electron or chromium; default: Electron where its binary is and there is a display.
  --no-failover    Leaves out the failover, which takes half a minute in each run.
  --no-hour        Leaves out the hour of watching a link, which takes minutes, by a clock that waits for nothing but the servers.
  --help           This text.`;

/** Memory is looked at when a window has stood this long with nothing to do. */
const restMs = 3000;

function parseOptions() {
  const { values } = parseArgs({
    options: {
      runs: { type: "string", default: "3" },
      host: { type: "string" },
      "no-failover": { type: "boolean", default: false },
      "no-hour": { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  const runs = Number(values.runs);
  if (!Number.isInteger(runs) || runs < 1) throw new Error("--runs takes a whole number from 1.");
  if (values.host !== undefined && !["electron", "chromium"].includes(values.host)) {
    throw new Error("--host is electron or chromium.");
  }
  return { ...values, runs };
}

/** @returns {Promise<{name: string, open: (shows: "window" | "blank") => Promise<object>}>} */
async function hostOf(wanted) {
  const electron = electronBinary();
  const hasElectron = electron !== undefined && hasDisplay() && answers(electron);
  if (wanted === "electron" && !hasElectron) {
    throw new Error("Electron's binary or a display for it is not here.");
  }
  if (hasElectron && wanted !== "chromium") {
    const { openInElectron } = await import("./bench/electron-window.mjs");
    return { name: "Electron", open: (shows) => openInElectron(electron, shows) };
  }
  const browser = findBrowser();
  if (browser === undefined) throw new Error(noBrowser);
  const { openInChromium } = await import("./bench/chromium-window.mjs");
  return { name: `${browser}, headless`, open: (shows) => openInChromium(browser, shows) };
}

/** Opens one window, looks at it and closes it again. */
async function measure(host, shows, withFailover) {
  const { memoryOf } = await import("./bench/memory.mjs");
  const window = await host.open(shows);
  try {
    await delay(restMs);
    const memory = memoryOf(window.pid);
    const failover = withFailover ? await window.failOver?.() : undefined;
    return { drawnMs: window.drawnMs, usableMs: window.usableMs, memory, failover };
  } finally {
    await window.close();
  }
}

/** In a process of its own, whose heap holds nothing else. */
async function measureHour() {
  console.error("An hour of watching ...");
  const script = path.join(import.meta.dirname, "bench", "hour.mjs");
  const child = start(process.execPath, ["--expose-gc", script], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [line] = await Promise.all([text(child.stdout), once(child, "close")]);
  return JSON.parse(line);
}

await command(async () => {
  requireNode();
  const options = parseOptions();
  if (options.help) {
    console.log(help);
    return;
  }
  await ensureInstalled();
  await ensureBuilt();
  const { report } = await import("./bench/report.mjs");
  const { sizes } = await import("./bench/sizes.mjs");
  const { treeTimes } = await import("./bench/tree.mjs");
  const { drawnRowsMs } = await import("./bench/drawn-rows.mjs");
  const host = await hostOf(options.host);
  const measured = { window: [], blank: [] };
  for (let run = 1; run <= options.runs; run++) {
    console.error(`Run ${run} of ${options.runs} ...`);
    measured.blank.push(await measure(host, "blank", false));
    measured.window.push(await measure(host, "window", !options["no-failover"]));
  }
  const browser = findBrowser();
  const tree = {
    ...(await treeTimes()),
    drawnMs: browser === undefined ? undefined : await drawnRowsMs(browser),
  };
  const hour = options["no-hour"] ? undefined : await measureHour();
  const machine = `${platform()} ${arch()}, ${cpus().length} cores, load ${loadavg()[0].toFixed(1)}`;
  console.log(
    `${new Date().toISOString().slice(0, 10)}; ${machine}; Node ${process.versions.node}; ` +
      `${host.name}; medians of ${options.runs}\n`,
  );
  console.log(report({ ...measured, tree, hour, sizes: await sizes() }));
});
