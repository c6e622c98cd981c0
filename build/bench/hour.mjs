// An hour of watching a link in a process of its own (node --expose-gc): prints what it left in memory as one JSON line.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "vite";
import { conversation, practiceScript } from "../practice-control.mjs";
import { root } from "../root.mjs";

/** Of the application's time, which goes on as soon as both servers have answered. */
const minutes = 60;

/** The sources as one module that Node can load; packages stay outside it. */
async function bundled(entry) {
  const outDir = path.join(root, "out", "bench");
  await build({
    configFile: false,
    root,
    logLevel: "error",
    build: { ssr: entry, outDir, emptyOutDir: true, rolldownOptions: { output: { format: "es" } } },
  });
  return import(pathToFileURL(path.join(outDir, "watched-hour.js")).href);
}

const estate = spawn(process.execPath, [practiceScript, "--scenario", "healthy", "--control"], {
  stdio: ["pipe", "pipe", "ignore"],
});
const dataDir = mkdtempSync(path.join(tmpdir(), "mi-link-hour-"));
try {
  const { ready } = conversation(estate);
  const { servers, caFile } = await ready;
  const module = await bundled(path.join(root, "test", "fakes", "watched-hour.ts"));
  const heap = () => {
    globalThis.gc();
    return process.memoryUsage().heapUsed;
  };
  console.log(JSON.stringify(await module.watchHour({ servers, caFile, minutes, heap, dataDir })));
} finally {
  estate.kill();
  rmSync(dataDir, { recursive: true, force: true });
}
