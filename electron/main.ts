// Entry of the product in Electron: opens the window and ends with it.
import { openElectronHost } from "./host/electron-host.ts";
import { pageFolder, preloadFile, runWindow, startEstate } from "./window.ts";
import { windowOptions } from "./window-options.ts";

async function main(): Promise<void> {
  const host = await openElectronHost({ pageFolder, preloadFile });
  if (host === undefined) return;
  const options = windowOptions(process.argv.slice(1));
  await runWindow(host, options, startEstate(host.system, options));
}

// No await at the top: Electron becomes ready only after this file has been read to its end.
main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : String(error));
    process.exit(1);
  },
);
