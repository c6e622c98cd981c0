// Remembered pairs: a pair that was connected opens with both sides filled in, survives a restart, and never holds a password.
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { exportText } from "../../shared/connect/pair-exchange.ts";
import type { SavedPair } from "../../shared/connect/saved-pair.ts";
import type { AppUnderTest } from "./app-under-test.ts";
import { onEachHost } from "./app-under-test.ts";
import { connectTyped, disconnectAll, pairList, sideIn } from "./connect-pair.ts";
import { graveFindings } from "./grave-findings.ts";
import { patience } from "./patience.ts";
import { whereverSecretsCouldBe } from "./secrets-left.ts";

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });
onEachHost((openApp, host) => {
  let app: AppUnderTest;
  let page: Page;
  beforeAll(async () => {
    app = await openApp({ speed: 10 });
    page = app.page;
    await page.getByRole("treeitem", { name: /^LINK_Adatum: / }).waitFor(patience);
  });
  afterAll(() => app.close());

  const own = "SQLBOX01 ↔ sqlmi1";
  const open = (name: string) =>
    pairList(page).getByRole("button", { name: new RegExp(`^${name} PRACTICE`, "u") });
  const boxAndLayers = (part: Locator) =>
    part.getByRole("list", { name: "What the test found" }).getByRole("listitem");
  const outcomes = async (items: Locator) =>
    Promise.all((await items.all()).map((item) => item.getAttribute("aria-label")));
  const dialog = (name: string) => page.getByRole("dialog", { name: `Connect ${name}` });
  /** Logins that the servers have seen, each as "who at which". */
  const statementsFrom = (count: number) =>
    new Set(
      app.estate.world.state.statements
        .slice(count)
        .map(({ login, server }) => `${login} at ${server}`),
    );

  test("the pair that this window connected stands on the start document once it is disconnected", async () => {
    await disconnectAll(page);
    await open(own).waitFor(patience);
    expect(await open(own).innerText()).toContain("as practice_dba");
    expect(await graveFindings(page)).toEqual([]);
  });

  test("chosen, both sides are filled in and only the passwords are asked for", async () => {
    await open(own).click();
    await dialog(own).waitFor(patience);
    for (const side of ["SQL Server", "Azure SQL Managed Instance"] as const) {
      await sideIn(dialog(own), side)
        .getByText(/\(127\.0\.0\.1,\d+\), practice_dba$/u)
        .waitFor();
    }
    await dialog(own).getByRole("button", { name: "Connect", exact: true }).click();
    expect(await dialog(own).getByText("Type the password.").count()).toBe(2);
    expect(await graveFindings(page)).toEqual([]);
  });

  test.runIf(host === "chromium")(
    "Remember password is locked with its reason where the window has no key store",
    async () => {
      const tick = dialog(own).getByRole("checkbox", { name: "Remember password" }).first();
      expect(await tick.getAttribute("aria-disabled")).toBe("true");
      const why = (await tick.getAttribute("aria-describedby")) ?? "";
      expect(await page.locator(`[id="${why}"]`).innerText()).toContain(
        "no key store of the system",
      );
      await tick.click({ force: true });
      expect(await tick.isChecked()).toBe(false);
    },
  );

  test("with both passwords, both servers are logged in to", async () => {
    const before = app.estate.world.state.statements.length;
    await connectTyped(app, dialog(own));
    await page.getByRole("treeitem", { name: /^LINK_Adatum: / }).waitFor(patience);
    await dialog(own).waitFor({ state: "detached" });
    expect(statementsFrom(before)).toEqual(
      new Set(["practice_dba at box", "practice_dba at instance"]),
    );
  });

  test("a wrong password is said at its own side, and the other side is connected", async () => {
    await disconnectAll(page);
    await open(own).click();
    const [box] = app.estate.servers;
    const [boxPart, instancePart] = [
      sideIn(dialog(own), "SQL Server"),
      sideIn(dialog(own), "Azure SQL Managed Instance"),
    ];
    await boxPart.getByLabel("Password", { exact: true }).fill(box?.password ?? "");
    await instancePart.getByLabel("Password", { exact: true }).fill("wrong");
    await dialog(own).getByRole("button", { name: "Connect", exact: true }).click();
    await instancePart.getByRole("alert").getByText(/18456/u).first().waitFor(patience);
    await boxPart.getByText("Connected.").waitFor(patience);
    const found = boxAndLayers(instancePart);
    await instancePart.getByRole("button", { name: "Test", exact: true }).click();
    await found.nth(4).waitFor(patience);
    expect(await outcomes(found)).toEqual([
      "Name: passed",
      "Port: passed",
      "TLS: passed",
      "Login: failed",
      "Rights: not reached",
    ]);
    expect(await graveFindings(page)).toEqual([]);
    await dialog(own).getByRole("button", { name: "Cancel" }).click();
  });

  test("Test of a server that refuses names the port, and one that lacks a right names the right", async () => {
    await disconnectAll(page);
    await open(own).click();
    const part = sideIn(dialog(own), "SQL Server");
    await part.getByLabel("Password", { exact: true }).fill(app.estate.servers[0]?.password ?? "");
    const press = () => part.getByRole("button", { name: "Test", exact: true }).click();
    app.estate.world.fault({ kind: "unreachable", server: "box", on: true, how: "refused" });
    await press();
    await part.getByRole("listitem", { name: "Port: failed" }).waitFor(patience);
    await part.getByText(/^Nothing listens at 127\.0\.0\.1,\d+\.$/u).waitFor();
    app.estate.world.fault({ kind: "unreachable", server: "box", on: false, how: "refused" });
    const permission = "VIEW ANY DEFINITION";
    app.estate.world.fault({ kind: "permissionTaken", server: "box", permission, on: true });
    await press();
    await part.getByRole("listitem", { name: "Rights: failed" }).waitFor(patience);
    await part
      .getByText("practice_dba has no VIEW ANY DEFINITION on SQLBOX01. Needed to read")
      .waitFor();
    app.estate.world.fault({ kind: "permissionTaken", server: "box", permission, on: false });
    await press();
    await part.getByRole("listitem", { name: "Rights: passed" }).waitFor(patience);
    await part.getByRole("button", { name: "Edit SQL Server…" }).click();
    const connect = page.getByRole("dialog", { name: "Connect to server" });
    expect(await connect.getByLabel("Server name").inputValue()).toMatch(/^127\.0\.0\.1,\d+$/u);
    expect(await connect.getByLabel("Login").inputValue()).toBe("practice_dba");
    await connect.getByRole("button", { name: "Cancel" }).click();
    await open(own).click();
    await connectTyped(app, dialog(own));
    await dialog(own).waitFor({ state: "detached", ...patience });
  });

  test("it is pinned and renamed in the window Connect, from where it opens too", async () => {
    await page.getByRole("button", { name: "Connect", exact: true }).first().click();
    const connect = page.getByRole("dialog", { name: "Connect to server" });
    await connect.getByRole("button", { name: `Pin ${own}` }).click(patience);
    await connect.getByRole("button", { name: `Unpin ${own}` }).waitFor(patience);
    await connect.getByRole("button", { name: `Rename ${own}` }).click();
    await connect.getByLabel("Name", { exact: true }).fill("Payroll");
    await connect.getByRole("button", { name: "Save name" }).click();
    await connect.getByRole("button", { name: /^Payroll PRACTICE/u }).click(patience);
    await sideIn(dialog("Payroll"), "SQL Server").getByText("Connected.").waitFor(patience);
    await dialog("Payroll").getByRole("button", { name: "Cancel" }).click();
  });

  test("another start of the program on the same data folder still has it, by its name and its pin", async () => {
    await app.closeWindow();
    const { dataDir, estate } = app;
    app = await openApp({ dataDir, estate });
    page = app.page;
    await page.getByRole("treeitem", { name: /^LINK_Adatum: / }).waitFor(patience);
    await disconnectAll(page);
    await open("Payroll").waitFor(patience);
    await page.getByRole("button", { name: "Unpin Payroll" }).waitFor();
    const file = JSON.parse(
      readFileSync(path.join(dataDir, "practice-pairs.json"), "utf8"),
    ) as object;
    expect(file).toMatchObject({ pairs: [{ name: "Payroll", isPinned: true }] });
  });

  test("no password is in the page, its storage or the data folder", async () => {
    const places = await whereverSecretsCouldBe(app, []);
    for (const [place, text] of Object.entries(places)) {
      const found = app.estate.servers.filter(({ password }) => text.includes(password));
      // The number alone: a failing test must not print what it found.
      expect({ place, passwords: found.length }).toEqual({ place, passwords: 0 });
    }
  });

  test("exported it is a file without a password, and imported it is the same pair again", async () => {
    const file = path.join(app.dataDir, "connections.json");
    await page.getByRole("button", { name: "Export…" }).click();
    const save = page.getByRole("dialog", { name: "Save as" });
    await save.getByRole("button", { name: "Save", exact: true }).waitFor(patience);
    await save.getByRole("button", { name: "Cancel" }).click();
    const text = exportText(savedPairs(app.dataDir));
    for (const { password } of app.estate.servers) expect(text.includes(password)).toBe(false);
    await page.getByRole("button", { name: "Remove Payroll" }).click();
    await open("Payroll").waitFor({ state: "detached", ...patience });
    writeFileSync(file, text);
    const chosen = pairList(page).locator("input[type=file]");
    await chosen.setInputFiles(file);
    await pairList(page)
      .getByText(/^1 new, 0 known already\./u)
      .waitFor(patience);
    await open("Payroll").waitFor(patience);
    await chosen.setInputFiles(file);
    await pairList(page)
      .getByText(/^0 new, 1 known already\./u)
      .waitFor(patience);
    writeFileSync(file, text.replace('"serverName"', '"password": "hunter2", "serverName"'));
    await chosen.setInputFiles(file);
    await page
      .getByText('The file has a field "password". Secrets are never taken from a file.')
      .waitFor(patience);
    expect(await page.content()).not.toContain("hunter2");
  });

  test("the Windows session is Windows' alone; with NTLM a wrong password names both causes, and the right one logs in as the account", async () => {
    const [box] = app.estate.servers;
    await page.getByRole("button", { name: "Connect", exact: true }).first().click();
    const connect = page.getByRole("dialog", { name: "Connect to server" });
    await connect.getByLabel("Server type").selectOption("SQL Server");
    await connect.getByLabel("Server name").fill(`127.0.0.1,${String(box?.port)}`);
    await connect.getByLabel("Authentication").selectOption("Windows (this session)");
    await connect.getByText(/^As who is signed in to Windows .* it only reads\./u).waitFor();
    expect(await connect.getByLabel("Password", { exact: true }).count()).toBe(0);
    expect(await graveFindings(page)).toEqual([]);
    const submit = connect.getByRole("button", { name: "Connect", exact: true });
    if (process.platform !== "win32") {
      await submit.click();
      await connect.getByText("Single sign-on works on Windows alone.").waitFor(patience);
    }
    await connect.getByLabel("Authentication").selectOption("Windows Authentication (NTLM)");
    await connect.getByLabel("Login").fill("dba");
    await connect.getByLabel("Password", { exact: true }).fill("wrong");
    await submit.click();
    await connect.getByText("Type the login as DOMAIN\\user.").waitFor();
    await connect.getByLabel("Login").fill("practice\\dba");
    await submit.click();
    await connect
      .getByText(/refused the Windows login: the password is wrong, or the domain/u)
      .waitFor(patience);
    expect(await graveFindings(page)).toEqual([]);
    const before = app.estate.world.state.statements.length;
    await connect.getByLabel("Password", { exact: true }).fill(box?.windows?.password ?? "");
    await submit.click();
    await connect.waitFor({ state: "detached", ...patience });
    await page.getByRole("contentinfo").getByText("SQLBOX01 connected").waitFor(patience);
    expect(statementsFrom(before)).toEqual(new Set(["PRACTICE\\dba at box"]));
    await disconnectAll(page);
  });

  test("removed it is gone, from the window and from its file", async () => {
    await page.getByRole("button", { name: "Remove Payroll" }).click();
    await open("Payroll").waitFor({ state: "detached", ...patience });
    expect(readFileSync(path.join(app.dataDir, "practice-pairs.json"), "utf8")).not.toContain(
      "127.0.0.1",
    );
  });
});

function savedPairs(dataDir: string): readonly SavedPair[] {
  const file = readFileSync(path.join(dataDir, "practice-pairs.json"), "utf8");
  // The program itself has written it.
  return (JSON.parse(file) as { readonly pairs: readonly SavedPair[] }).pairs;
}
