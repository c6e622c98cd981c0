// The way through a forced failover that its specs have in common, by mouse, and what the world says of it.
import type { Locator, Page } from "playwright-core";
import { truth } from "../../practice/world/truth.ts";
import type { AppUnderTest } from "./app-under-test.ts";
import { patience } from "./patience.ts";
import { typePage, wizardByMouse } from "./wizard-by-mouse.ts";

export function forcingButton(page: Page): Locator {
  return page.getByRole("button", { name: /^Force failover to /u });
}

export function linkNameField(page: Page): Locator {
  return page.getByRole("textbox", { name: /^Type the name of the link/u });
}

/** From the main window to Choose Failover Type with forced chosen and understood. */
export async function chooseForced(page: Page, server: "SQLBOX01" | "sqlmi1"): Promise<void> {
  const wizard = wizardByMouse(page);
  await wizard.open(server);
  await wizard.to(typePage);
  await page.getByRole("radio", { name: /Forced failover/u }).check(patience);
  await wizard.says("Tick I understand", "closed");
  await page.getByRole("checkbox", { name: "I understand" }).check();
}

/** What was sent to the engine and who takes itself for the primary now. */
export function forcedOutcome({ estate }: AppUnderTest) {
  const { primaries, changes } = truth(estate.world.state);
  return {
    primaries,
    sent: changes.map(({ server, text, count }) => `${server}: ${String(count)} x ${text}`),
  };
}
