// The link monitor on the practice estate: what it shows is what the world has, and what nobody knows it says.
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import type { Fault, World } from "../../practice/world/world.ts";
import { replicaRows } from "../../practice/world/positions.ts";
import { truth } from "../../practice/world/truth.ts";
import type { AppUnderTest } from "./app-under-test.ts";
import { openInChromium } from "./app-under-test.ts";
import { ageIn, cellsOf, mirrorCells } from "./mirror-cells.ts";
import { patience } from "./patience.ts";

vi.setConfig({ testTimeout: 180_000, hookTimeout: 120_000 });
let app: AppUnderTest;
let page: Page;
let world: World;

beforeAll(async () => {
  app = await openInChromium({ speed: 1 });
  ({ page } = app);
  ({ world } = app.estate);
  await page.getByRole("region", { name: "Lag and queues, last hour" }).waitFor(patience);
});
afterAll(() => app.close());

const fault = (one: Fault) => {
  world.fault(one);
};
const mirror = (head: string) => mirrorCells(page, head);
const history = (head: string) => cellsOf(page, "Lag and queues in numbers", head);
const kbIn = (words: string | undefined) =>
  Number(/([\d\u202f]+) KB/u.exec(words ?? "")?.[1]?.replaceAll("\u202f", ""));
const queueInWorld = () =>
  Math.ceil(replicaRows(world.state, "box").find((row) => !row.isLocal)?.logSendQueueKb ?? NaN);
const estimate = () => page.locator(".history-estimate").innerText();

describe("a link whose data movement is suspended", () => {
  test("has the send queue that the world has, once it stands still", async () => {
    fault({ kind: "suspended", server: "instance", on: true });
    await expect.poll(queueInWorld, patience).toBeGreaterThan(100);
    world.setWorkload(false);
    await expect.poll(() => truth(world.state).box.openTransactions, patience).toBe(0);
    await expect
      .poll(async () => kbIn((await history("send queue"))[0]), patience)
      .toBe(queueInWorld());
    const [, box] = await mirror("queues");
    expect(kbIn(box)).toBe(queueInWorld());
    const [, , hour] = await history("send queue");
    expect(kbIn(hour)).toBe(queueInWorld());
  });

  test("does not catch up while it writes, and says so with the queue that grows", async () => {
    world.setWorkload(true);
    await expect.poll(estimate, patience).toMatch(/does not catch up: .* the send queue most/u);
    expect(truth(world.state).instance.isSuspended).toBe(true);
  });

  test("is behind by the times of the last commits, and level again once it goes on", async () => {
    await expect.poll(async () => (await history("lag"))[0], patience).toMatch(/^[\d.]+ (s|min)$/u);
    fault({ kind: "suspended", server: "instance", on: false });
    world.setWorkload(false);
    await expect.poll(queueInWorld, patience).toBe(0);
    await expect.poll(async () => (await history("lag"))[0], patience).toBe("0 s");
    await expect.poll(estimate, patience).toMatch(/^Nothing is queued for sqlmi1/u);
    // The hour remembers it.
    expect((await history("lag"))[2]).toMatch(/^[\d.]+ (s|min) at \d\d:\d\d:\d\d UTC$/u);
  });
});

describe("a side that hangs", () => {
  test("ages and keeps its values, while the other side's go on, and the lag is not known", async () => {
    world.setWorkload(true);
    fault({ kind: "blackhole", server: "instance", on: true });
    await expect
      .poll(async () => ageIn((await mirror("synchronization")).at(-1)), patience)
      .toBeGreaterThan(4);
    const [age, commit] = await mirror("last commit");
    expect(ageIn(age)).toBeLessThan(4);
    await expect.poll(async () => (await mirror("last commit"))[1], patience).not.toBe(commit);
    const kept = (await mirror("last commit"))[2];
    expect(kept).toMatch(/^\d\d:/u);
    await expect.poll(async () => (await history("lag"))[0], patience).toMatch(/^unknown: /u);
    await page.getByText(/^Cannot say: sqlmi1.* does not answer since/u).waitFor(patience);
    expect(await estimate()).toMatch(/is not known: a queue is not told/u);
    expect((await mirror("last commit"))[2]?.slice(0, 12)).toBe(kept?.slice(0, 12));
  });

  test("is new again once it answers", async () => {
    fault({ kind: "blackhole", server: "instance", on: false });
    await expect
      .poll(async () => ageIn((await mirror("synchronization")).at(-1)), patience)
      .toBeLessThan(4);
    await expect.poll(async () => (await history("lag"))[0], patience).toMatch(/^[\d.]+ (s|min)$/u);
  });
});

test("log, backups, certificates and Azure are told, each with its age, and what may not be seen by the right's name", async () => {
  const [logAge, log] = await mirror("log used");
  expect([logAge, log]).toEqual([
    expect.stringMatching(/^\d/u),
    expect.stringMatching(/^\d+ % of [\d\u202f]+ MB · [A-Z_]+$/u),
  ]);
  expect((await mirror("certificate"))[1]).toMatch(/until \d{4}-\d\d-\d\d, \d+ days left$/u);
  expect((await mirror("last backup"))[1]).toMatch(/^log .* ago · full .* ago$/u);
  expect((await mirror("Azure"))[2]).toBe("not asked: nobody is signed in");
  const permission = "VIEW ANY DEFINITION";
  fault({ kind: "permissionTaken", server: "box", permission, on: true });
  await expect
    .poll(async () => (await mirror("certificate"))[1], patience)
    .toBe(`not permitted: ${permission}`);
  fault({ kind: "permissionTaken", server: "box", permission, on: false });
});

test("reads nothing every second while a window stands over it", async () => {
  await page.getByText("Read every 1 s, both sides at once").waitFor(patience);
  await page.getByRole("button", { name: "Connect", exact: true }).first().click();
  await page.getByRole("dialog").waitFor(patience);
  await page
    .getByText("Read every 5 s, both sides at once")
    .waitFor({ state: "attached", ...patience });
  await page.keyboard.press("Escape");
  await page.getByText("Read every 1 s, both sides at once").waitFor(patience);
});

test("the chart has a picture for the eye alone, and is reached by the keyboard with its table", async () => {
  const chart = page.locator(".history-chart");
  expect(await chart.getAttribute("aria-hidden")).toBe("true");
  // In words: a test does not know the types of the page.
  const isDrawn = () =>
    page.evaluate<boolean>(`(() => {
      const it = document.querySelector(".history-chart canvas");
      const { data } = it.getContext("2d").getImageData(0, 0, it.width, it.height);
      return data.some((one) => one !== 0);
    })()`);
  await expect.poll(isDrawn, patience).toBe(true);
  await page.getByRole("region", { name: "Both sides, the last hour, and who writes" }).focus();
  await page.keyboard.press("End");
  const scrolled = () => page.evaluate<number>("document.activeElement.scrollTop");
  await expect.poll(scrolled, patience).toBeGreaterThan(0);
});
