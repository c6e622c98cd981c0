// What Azure tells of a link in its document: state, roles, last error and age; an Azure that hangs ages alone.
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { connectError } from "../../practice/catalog/availability-states.ts";
import { seesPartner } from "../../practice/world/sides.ts";
import { truth } from "../../practice/world/truth.ts";
import type { AppUnderTest } from "./app-under-test.ts";
import { openInChromium } from "./app-under-test.ts";
import { askedOf, azureFault, azureInWindow } from "./azure-in-window.ts";
import { signInAt } from "./azure-in-wizard.ts";
import { ageIn, mirrorCells } from "./mirror-cells.ts";
import { patience } from "./patience.ts";

vi.setConfig({ testTimeout: 180_000, hookTimeout: 120_000 });
let app: AppUnderTest;
let page: Page;

beforeAll(async () => {
  app = await openInChromium({ speed: 1 });
  ({ page } = app);
  const azure = azureInWindow(app);
  await azure.open();
  await signInAt(app, azure.dialog);
  await azure.close();
});
afterAll(() => app.close());

const azureWords = async () => (await mirrorCells(page, "Azure"))[2];
const azureAge = async () => ageIn((await mirrorCells(page, "Azure")).at(-1));
const refresh = () => page.getByRole("button", { name: "Refresh" }).first().click(patience);
const isConnected = () => seesPartner(app.estate.world.state, "instance");
const slow = (ms: number) => {
  azureFault(app, "armFault", { kind: "slow", ms });
};

test("its state, both roles and its last error stand beside what the servers tell, with an age", async () => {
  await expect
    .poll(azureWords, patience)
    .toBe("LinkSynchronizing · Secondary, partner Primary · no error");
  expect(truth(app.estate.world.state).primaries).toEqual(["box"]);
  const [, box] = await mirrorCells(page, "Azure");
  expect(box).toBe("-");
  expect(await azureAge()).toBeGreaterThanOrEqual(0);
});

test("a link that Azure sees disconnected is told with Azure's words when the operator reads again", async () => {
  app.estate.world.fault({ kind: "linkDisconnected", on: true });
  // A side takes its partner for gone when it has not heard from it for a while.
  await expect.poll(isConnected, patience).toBe(false);
  await refresh();
  await expect
    .poll(azureWords, patience)
    .toBe(`LinkSynchronizing · Secondary, partner Primary · ${connectError.text}`);
  app.estate.world.fault({ kind: "linkDisconnected", on: false });
  await expect.poll(isConnected, patience).toBe(true);
});

test("while Azure hangs its answer ages, and both servers go on being read", async () => {
  await refresh();
  await expect.poll(azureWords, patience).toMatch(/no error$/u);
  const words = await azureWords();
  slow(3_600_000);
  const asked = askedOf(app).arm.length;
  await refresh();
  // The version is read with Azure, every 5 s.
  const isOlderThanServers = async () => {
    const [box] = await mirrorCells(page, "version");
    const azure = await azureAge();
    return azure > 6 && ageIn(box) < azure - 3;
  };
  await expect.poll(isOlderThanServers, patience).toBe(true);
  expect(await azureWords()).toBe(words);
  expect(askedOf(app).arm.length).toBe(asked);
});

test("its answer is new again once it answers and the operator reads again", async () => {
  slow(0);
  app.estate.control({ do: "advance", ms: 3_600_000 });
  await refresh();
  await expect.poll(azureAge, patience).toBeLessThan(6);
  await expect.poll(azureWords, patience).toMatch(/^LinkSynchronizing/u);
});
