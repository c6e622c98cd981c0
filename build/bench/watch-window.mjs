// Goes before the Chromium window's own entry (node --import): tells the bench what happens on its page, and does there what the bench asks. The entry itself is the product's.
import childProcess from "node:child_process";
import { syncBuiltinESMExports } from "node:module";
import { setTimeout as delay } from "node:timers/promises";
import { chromium } from "playwright-core";
import { conversation, practiceScript } from "../practice-control.mjs";
import * as onPage from "./page.mjs";

const tell = (message) => process.send(message);
let estate;
let page;

const { spawn } = childProcess;
childProcess.spawn = (file, args, options) => {
  const child = spawn(file, args, options);
  if (args?.[0] === practiceScript) estate = child;
  return child;
};
syncBuiltinESMExports();

const launch = chromium.launchPersistentContext.bind(chromium);
chromium.launchPersistentContext = async (profile, options) => {
  const context = await launch(profile, options);
  page = context.pages()[0] ?? (await context.newPage());
  if (process.env.MI_LINK_BENCH === "blank") return stayBlank(context);
  void watch();
  return context;
};

async function watch() {
  await onPage.untilDrawn(page);
  tell({ kind: "drawn" });
  await onPage.untilTreeIsUsable(page);
  tell({ kind: "usable" });
}

/** The product never gets its browser, so nothing but the empty page is ever shown. */
async function stayBlank(context) {
  process.once("SIGTERM", () => void context.close().then(() => process.exit(0)));
  await page.goto(onPage.blankPage);
  await onPage.untilBlankIsUsable(page);
  tell({ kind: "drawn" });
  tell({ kind: "usable" });
  return new Promise(() => undefined);
}

/** How long the world itself took for the role change: from its begin until the new primary accepts writes. */
async function watchRoleChange(control) {
  let began;
  for (;;) {
    const { value } = await control({ ask: "truth" });
    if (value.failover !== null) began ??= value.nowMs;
    else if (began !== undefined) return value.nowMs - began;
    await delay(50);
  }
}

process.on("message", async () => {
  // Not before: the estate's first line is the window's to read.
  const { ready, control } = conversation(estate);
  ready.catch(() => undefined);
  await onPage.prepareFailover(page);
  await control({ do: "workload", running: false });
  const [approvedMs, roleChangeMs] = await Promise.all([
    onPage.approve(page),
    watchRoleChange(control),
  ]);
  tell({ kind: "failedOver", approvedMs, roleChangeMs });
});
