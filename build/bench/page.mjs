// What an operator does and sees on the page, in either host.

const patience = { timeout: 120_000 };

/** The content stands on the screen for the first time. */
export async function untilDrawn(page) {
  await page.waitForFunction(
    () => globalThis.performance.getEntriesByName("first-contentful-paint").length > 0,
    undefined,
    patience,
  );
}

/** Both servers are connected and read: each has the link's distributed availability group in the tree. */
export async function untilTreeIsUsable(page) {
  await page
    .getByRole("treeitem", { name: /^LINK_/ })
    .nth(1)
    .waitFor(patience);
}

/** Something that stands on a page with nothing else in it. */
export const blankPage = "data:text/html,<title>Blank</title><p>Blank</p>";

export async function untilBlankIsUsable(page) {
  await page.getByText("Blank").waitFor(patience);
}

/** Through the wizard up to its Summary; nothing is approved yet. */
export async function prepareFailover(page) {
  const heading = (name) => page.getByRole("heading", { name, exact: true });
  const next = async (name) => {
    await page.getByRole("button", { name: "Next >" }).click(patience);
    await heading(name).waitFor(patience);
  };
  const link = page.getByRole("treeitem", { name: /^LINK_/ }).first();
  await link.click({ button: "right" });
  await page.getByRole("menuitem", { name: "Azure SQL Managed Instance link" }).hover();
  await page.getByRole("menuitem", { name: "Failover…" }).last().click();
  await heading("Introduction").waitFor(patience);
  await next("Choose Failover Type");
  await page.getByRole("checkbox", { name: /stopped the workload/ }).check();
  await next("Sign in to Azure and Remote Instance");
  await next("Failover Readiness Assessment");
  await next("Post-Failover Operations");
  await next("Summary");
}

/** @returns {Promise<number>} ms from Finish, which approves the plan, to Results */
export async function approve(page) {
  const began = performance.now();
  await page.getByRole("button", { name: "Finish" }).click(patience);
  await page.getByRole("heading", { name: "Results", exact: true }).waitFor(patience);
  return performance.now() - began;
}
