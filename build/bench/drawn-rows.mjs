// How long the built page takes in a real browser from an answer of both servers until the first rows of the tree are drawn.
import { readFile } from "node:fs/promises";
import path from "node:path";
import { chromium } from "playwright-core";
import { root } from "../root.mjs";
import { median } from "./figures.mjs";
import { serversRead } from "./many-databases.mjs";

const pageFolder = path.join(root, "out", "renderer");
const origin = "https://app.invalid";
const types = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css" };

/**
 * @param {string} browser program
 * @returns {Promise<number>} ms, the median, for 5,000 databases and 500 links on either side
 */
export async function drawnRowsMs(browser, runs = 5) {
  const open = await chromium.launch({ executablePath: browser, args: ["--no-sandbox"] });
  const answer = { ok: true, value: serversRead(5000, 500) };
  try {
    const times = [];
    for (let run = 0; run < runs; run++) times.push(await once(open, answer));
    return median(times);
  } finally {
    await open.close();
  }
}

async function once(browser, answer) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await page.route(`${origin}/**`, async (route) => {
    const file = path.join(pageFolder, new URL(route.request().url()).pathname);
    const contentType = types[path.extname(file)] ?? "application/octet-stream";
    await route.fulfill({ body: await readFile(file), contentType });
  });
  await page.addInitScript(standInForMain, JSON.stringify(answer));
  await page.goto(`${origin}/index.html`);
  const ms = await page.waitForFunction(() => globalThis.drawnAfterMs, undefined, {
    timeout: 120_000,
  });
  const told = await ms.jsonValue();
  await page.close();
  return told;
}

/** Runs in the page, before its own code: two connected servers, and their reading when it is asked for. */
function standInForMain(json) {
  const answer = JSON.parse(json);
  const connections = answer.value.servers.map(({ connectionId, serverName, reading }) => ({
    ...{ connectionId, serverName, side: reading.side, address: serverName },
    ...{ login: "dba", environment: "test", encrypted: true },
  }));
  const problem = { code: "bench", class: "info", summary: "Not here.", remedy: "None." };
  let dataMs;
  const answers = {
    "connection.list": () => connections,
    "estate.read": () => {
      dataMs ??= performance.now();
      return answer.value;
    },
  };
  const invoke = async (name) =>
    name in answers ? { ok: true, value: answers[name]() } : { ok: false, error: problem };
  globalThis.api = { invoke, cancel: () => undefined, on: () => () => undefined };
  const seen = new globalThis.MutationObserver(() => {
    if (globalThis.document.querySelector("[role=treeitem][aria-level='2']") === null) return;
    seen.disconnect();
    // The frame after the one that holds them: then they stand on the screen.
    globalThis.requestAnimationFrame(() => {
      setTimeout(() => {
        globalThis.drawnAfterMs = performance.now() - dataMs;
      });
    });
  });
  seen.observe(globalThis.document, { subtree: true, childList: true });
}
