// A sign-in by browser that nobody finishes. The application's own time runs faster here, so only in Chromium.
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { truth } from "../../practice/world/truth.ts";
import { scaledClock } from "../fakes/scaled-clock.ts";
import type { AppUnderTest } from "./app-under-test.ts";
import { openInChromium } from "./app-under-test.ts";
import { askedOf, azureInWindow, listens } from "./azure-in-window.ts";
import { patience } from "./patience.ts";

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let app: AppUnderTest;
beforeAll(async () => {
  app = await openInChromium({ clock: scaledClock(60) });
});
afterAll(() => app.close());

test("ends by itself after five minutes, says so, listens no more and asks nothing more", async () => {
  const azure = azureInWindow(app);
  await azure.open();
  const address = await azure.askBrowser();
  const { port } = new URL(new URL(address).searchParams.get("redirect_uri") ?? "");
  await azure.dialog.getByText("Waiting for the browser. Finish signing in there.").waitFor();
  expect(await listens(port)).toBe(true);
  await azure.problem
    .getByText("Nobody signed in in the browser within 5 minutes.")
    .waitFor(patience);
  await expect.poll(() => listens(port), patience).toBe(false);
  expect(askedOf(app).entra.filter(({ path }) => path.endsWith("/token"))).toEqual([]);
  expect(truth(app.estate.world.state).changes).toEqual([]);
});
