// What Electron runs for a spec: the product's own host and window, on the estate that the test started.
import { app } from "electron";
import path from "node:path";
import { openElectronHost } from "../../electron/host/electron-host.ts";
import { factsOf } from "../../electron/practice-estate.ts";
import { endWindow, openWindow } from "../../electron/window.ts";
import type { EntryArgument } from "./in-electron.ts";

async function main(): Promise<void> {
  // The test that starts this writes the last argument.
  const { estate, dataDir, clientId, userFolder } = JSON.parse(
    process.argv.at(-1) ?? "",
  ) as EntryArgument;
  app.setPath("appData", userFolder);
  const built = path.resolve(import.meta.dirname, "..");
  const host = await openElectronHost({
    pageFolder: path.join(built, "renderer"),
    preloadFile: path.join(built, "electron", "preload.cjs"),
  });
  if (host === undefined) throw new Error("Another window of this folder is open.");
  const system = {
    ...host.system,
    openInBrowser: (url: string) => {
      console.log(`shown: ${url}`);
      return Promise.resolve();
    },
  };
  // Nobody is there to answer the system's own window for files.
  const pickSavePath = (name: string) => Promise.resolve(path.join(dataDir, name));
  const services = await openWindow(
    { ...host, system, needs: { ...host.needs, pickSavePath } },
    { dataDir, clientId },
    estate === null ? undefined : factsOf(estate),
  );
  await host.closed;
  await endWindow(services);
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
