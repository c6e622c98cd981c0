// Signing in to Azure on the wizard's own page, by code, up to the instance that is found in its subscription.
import type { AppUnderTest } from "./app-under-test.ts";
import { azureInWindow } from "./azure-in-window.ts";
import { patience } from "./patience.ts";
import { personAtBrowser } from "./person-at-browser.ts";

/** The wizard stands on "Sign in to Azure and Remote Instance"; the account may do everything with the link. */
export async function signInInWizard(app: AppUnderTest): Promise<void> {
  const panel = app.page.getByRole("region", { name: "Sign in", exact: true });
  const azure = azureInWindow(app, panel);
  const { address, code } = await azure.askCode();
  const person = await personAtBrowser();
  try {
    await person.typeCode(address, code, "dana@adatum.example");
  } finally {
    await person.leave();
  }
  await azure.signedInAs("dana@adatum.example");
  const subscription = panel.getByRole("combobox", { name: "Subscription" });
  await subscription.selectOption({ label: "Adatum Production" }, patience);
  await panel.getByText(/managedInstances\/sqlmi1$/).waitFor(patience);
}
