// The window Sign in to Azure as a spec drives it, and what the practice Azure behind it was asked.
import type { Locator } from "playwright-core";
import { expect } from "vitest";
import type { AppUnderTest } from "./app-under-test.ts";
import { patience } from "./patience.ts";

export const adatum = "3b7c1a90-52de-4f18-a6c4-0e91d8b2f573";
export const fabrikam = "c41e6f28-8d03-49b5-9f7a-72a5e0c3d816";

export interface AzureInWindow {
  /** The open window Sign in to Azure, or the other place in which the panel stands. */
  readonly dialog: Locator;
  /** An item of the menu Azure. */
  menu(item: string): Promise<void>;
  open(): Promise<void>;
  close(): Promise<void>;
  /** Presses the button; resolves with the address that the system's browser is to show. */
  askBrowser(): Promise<string>;
  /** Presses the button; resolves with the code and the page's address as the window tells them. */
  askCode(): Promise<{ readonly address: string; readonly code: string }>;
  /** The account, once the window names it. */
  signedInAs(name: string): Promise<void>;
  signOut(): Promise<void>;
  /** The life of one audience's token as the window tells it. */
  tokenLife(audience: "ARM" | "SQL"): Locator;
  /** The row of a tenant with everything below it, or of a subscription. */
  row(name: string): Locator;
  /** Presses that button of the row of that tenant or subscription. */
  press(button: RowButton, name: string): Promise<void>;
  /** The problem that the window shows. */
  readonly problem: Locator;
}

export type RowButton = "Read again" | "Try again" | "Look here" | "Sign in to this tenant";

export function azureInWindow(
  app: AppUnderTest,
  dialog: Locator = app.page.getByRole("dialog", { name: "Sign in to Azure" }),
): AzureInWindow {
  const { page } = app;
  const menu = async (item: string): Promise<void> => {
    await page.getByRole("button", { name: "Azure", exact: true }).click(patience);
    await page.getByRole("menuitem", { name: item }).click();
  };
  const fact = (name: string) =>
    dialog.locator("dl > div", { hasText: name }).getByRole("definition");
  return {
    dialog,
    menu,
    async open() {
      await menu("Sign in and subscription…");
      await dialog.waitFor(patience);
    },
    async close() {
      await dialog.getByRole("button", { name: "Close" }).click();
      await dialog.waitFor({ state: "hidden" });
    },
    async askBrowser() {
      const before = app.shownAddresses.length;
      await dialog.getByRole("button", { name: "Sign in with the browser" }).click(patience);
      await expect.poll(() => app.shownAddresses.length, patience).toBe(before + 1);
      return app.shownAddresses.at(-1) ?? "";
    },
    async askCode() {
      await dialog.getByRole("button", { name: "Sign in with a code" }).click(patience);
      const code = await dialog.locator("output").innerText(patience);
      const said = await dialog.getByText(/^On any device, open /).innerText();
      return { code, address: /https?:\S+/.exec(said)?.[0] ?? "" };
    },
    async signedInAs(name) {
      await fact("Signed in as").filter({ hasText: name }).waitFor(patience);
    },
    async signOut() {
      await dialog.getByRole("button", { name: "Sign out" }).click(patience);
      await dialog.getByText("Not signed in to Azure.").waitFor(patience);
    },
    tokenLife: (audience) => fact(`Token (${audience})`),
    row: (name) =>
      dialog
        .getByRole("listitem")
        .filter({ has: page.getByText(name, { exact: true }) })
        .last(),
    press: (button, name) =>
      dialog.getByRole("button", { name: `${button}: ${name}`, exact: true }).click(patience),
    problem: dialog.getByRole("alert"),
  };
}

export interface AzureAsked {
  readonly entra: readonly {
    readonly method: string;
    readonly path: string;
    readonly grantType: string | null;
    readonly scope: string | null;
    readonly status: number;
  }[];
  readonly arm: readonly {
    readonly method: string;
    readonly path: string;
    readonly status: number;
    readonly code: string | null;
  }[];
}

/** What the directory and Azure Resource Manager were asked so far, and answered. */
export function askedOf({ estate }: AppUnderTest): AzureAsked {
  const answer = estate.control({ ask: "azure" });
  if (!answer.ok) throw new Error(answer.error);
  // The control protocol hands out what the servers recorded, and nothing else.
  return answer.value as AzureAsked;
}

/** Switches a fault of the practice Azure. */
export function azureFault(
  { estate }: AppUnderTest,
  where: "entraFault" | "armFault",
  fault: Readonly<Record<string, unknown>>,
): void {
  const answer = estate.control({ do: where, fault });
  if (!answer.ok) throw new Error(answer.error);
}

/** Whether anybody answers on that port of this computer. */
export async function listens(port: string): Promise<boolean> {
  return fetch(`http://127.0.0.1:${port}/`).then(
    () => true,
    () => false,
  );
}
