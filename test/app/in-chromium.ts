// The application in an installed Chromium without a screen, in the test's own process.
import path from "node:path";
import { openChromiumHost } from "../../electron/host/chromium-host.ts";
import { factsOf } from "../../electron/practice-estate.ts";
import { endWindow, openWindow } from "../../electron/window.ts";
import { controlOf } from "../fakes/control-of.ts";
import { browserPath } from "../electron/host/chromium-page.ts";
import type { Show } from "./app-under-test.ts";

export const showInChromium: Show = async (estate, { dataDir, connect, clientId, clock }) => {
  const shownAddresses: string[] = [];
  const host = await openChromiumHost({
    executablePath: browserPath(),
    headless: true,
    pageFolder: path.resolve(import.meta.dirname, "../../out/renderer"),
  });
  const system = {
    ...host.system,
    openInBrowser: (url: string) => {
      shownAddresses.push(url);
      return Promise.resolve();
    },
  };
  const services = await openWindow(
    { ...host, system },
    { dataDir, clientId, ...(clock === undefined ? {} : { clock }) },
    connect ? undefined : factsOf({ ready: true, ...estate }, controlOf(estate)),
  );
  return {
    get page() {
      return host.page();
    },
    shownAddresses,
    async closeWindow() {
      host.needs.closeWindow();
      await host.closed;
      await endWindow(services);
    },
  };
};
