// Entry of the window in an installed Chromium, Edge or Chrome: `node window-main.js --browser FILE [--connect]`.
import { AppError } from "../shared/errors/app-error.ts";
import { openChromiumHost } from "./host/chromium-host.ts";
import type { Beside } from "./host/host.ts";
import { nodeSystem } from "./host/node-system.ts";
import { pageFolder, runWindow, startEstate } from "./window.ts";
import { windowOptions } from "./window-options.ts";

// tedious hands an address without a name to TLS as it is (DEP0123); an operator can do nothing about it.
Object.assign(process, { noDeprecation: true });

let estate: Beside | undefined;
try {
  const options = windowOptions(process.argv.slice(2));
  if (options.browser === undefined) throw new Error("--browser names the browser's program.");
  const { browser: executablePath, headless } = options;
  // Beside the browser and not after it, since both take their time to start.
  estate = startEstate(nodeSystem, options);
  const host = await openChromiumHost({ executablePath, headless, pageFolder });
  let asked = 0;
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => {
      asked += 1;
      // Once: the window closes and a run ends with its step. Twice: at once.
      if (asked > 1) process.exit(1);
      host.needs.closeWindow();
    });
  }
  console.log(`The window is open${options.connect ? "" : ", with the practice estate"}.`);
  await runWindow(host, options, estate);
  process.exit(0);
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  if (error instanceof AppError) console.error(error.problem.remedy);
  estate?.end();
  await estate?.ended;
  process.exit(1);
}
