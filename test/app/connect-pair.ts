// Remembered connections as a spec meets them: the list, and the window that connects a pair.
import type { Locator, Page } from "playwright-core";
import type { AppUnderTest } from "./app-under-test.ts";
import { patience } from "./patience.ts";

export const pairList = (page: Page): Locator =>
  page.getByRole("main").getByRole("region", { name: "Recent and pinned connections" });

/** Disconnects every server that is connected, by the menu Connection. */
export async function disconnectAll(page: Page): Promise<void> {
  const item = page.getByRole("menuitem", { name: /^Disconnect /u });
  const none = page.getByRole("contentinfo").getByText("No server connected");
  while (!(await none.isVisible())) {
    await page.getByRole("button", { name: "Connection", exact: true }).click(patience);
    const name = await item.first().innerText(patience);
    await item.first().click();
    const short = name.replace("Disconnect ", "").split(".")[0] ?? name;
    await page
      .getByRole("contentinfo")
      .getByText(new RegExp(`^${short} (connected|does not answer)`, "u"))
      .waitFor({ state: "detached", ...patience });
  }
}

/** The part of that side in the window that connects a pair. */
export const sideIn = (dialog: Locator, side: "SQL Server" | "Azure SQL Managed Instance") =>
  dialog.getByRole("region", { name: side, exact: true });

/** Types both passwords of the estate, and presses Connect. */
export async function connectTyped(app: AppUnderTest, dialog: Locator): Promise<void> {
  const [box, instance] = app.estate.servers;
  await sideIn(dialog, "SQL Server")
    .getByLabel("Password", { exact: true })
    .fill(box?.password ?? "");
  await sideIn(dialog, "Azure SQL Managed Instance")
    .getByLabel("Password", { exact: true })
    .fill(instance?.password ?? "");
  await dialog.getByRole("button", { name: "Connect", exact: true }).click();
}
