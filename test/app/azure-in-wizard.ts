// Signing in to Azure by code, on the wizard's own page or in the window, up to the instance that is found in its subscription.
import type { Locator } from "playwright-core";
import type { AppUnderTest } from "./app-under-test.ts";
import { azureInWindow } from "./azure-in-window.ts";
import { patience } from "./patience.ts";
import { personAtBrowser } from "./person-at-browser.ts";

/** The wizard stands on "Sign in to Azure and Remote Instance"; the account may do everything with the link. */
export async function signInInWizard(app: AppUnderTest): Promise<void> {
  await signInAt(app, app.page.getByRole("region", { name: "Sign in", exact: true }));
}

/** `panel` holds the sign-in. */
export async function signInAt(app: AppUnderTest, panel: Locator): Promise<void> {
  const azure = azureInWindow(app, panel);
  const { address, code } = await azure.askCode();
  const person = await personAtBrowser();
  try {
    await person.typeCode(address, code, "dana@adatum.example");
  } finally {
    await person.leave();
  }
  await azure.signedInAs("dana@adatum.example");
  await panel.getByText(/managedInstances\/sqlmi1$/).waitFor(patience);
}
