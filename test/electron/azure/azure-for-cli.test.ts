// Azure by the sign-in of the Azure CLI: a script named az in a folder on PATH, which answers what a test says.
import { chmod, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { azCommand } from "../../../electron/azure/az-command.ts";
import { createAzureCliSession } from "../../../electron/azure/azure-cli-session.ts";
import { createCliAzure } from "../../../electron/azure/azure-for-cli.ts";
import { clouds } from "../../../electron/azure/clouds.ts";
import type { Clock } from "../../../electron/run/clock.ts";
import { realClock } from "../../../electron/run/clock.ts";
import { dana } from "../../../practice/entra/directory.ts";
import { asked, given } from "../../practice/arm/changing.ts";
import { requestsOn } from "./changing-link.ts";
import { adatum, cloudOf, problemOf, wholeText } from "./practice-azure.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "az-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const secret = "eyJ-the-token";
const startMs = Date.UTC(2026, 10, 21, 8);

/** An az that writes these texts and ends so; it notes its arguments, one start a line. */
async function az({ output = "", errors = "", code = 0 }): Promise<void> {
  const file = path.join(folder, "az");
  await writeFile(path.join(folder, "output"), output);
  await writeFile(path.join(folder, "errors"), errors);
  await writeFile(
    file,
    `#!/bin/sh
cd "$(dirname "$0")"
echo "$@" >> arguments
cat output
cat errors >&2
exit ${code}
`,
  );
  await chmod(file, 0o700);
}

function answer(change: object = {}): string {
  const expires_on = startMs / 1000 + 3600;
  return JSON.stringify({ accessToken: secret, expires_on, tenant: adatum, ...change });
}

async function started(): Promise<readonly string[]> {
  return (await readFile(path.join(folder, "arguments"), "utf8")).trimEnd().split("\n");
}

function parts(clock: Clock = { ...realClock, nowMs: () => startMs }) {
  const env = { PATH: `${folder}:${process.env["PATH"] ?? ""}` };
  return { cloud: clouds.public, clock, system: { platform: "linux", env } } as const;
}

const armCommand = "account get-access-token --output json --resource https://management.azure.com";

describe("a session of the Azure CLI", () => {
  test("asks az for a token of its own tenant, once for questions at the same time", async () => {
    await az({ output: answer() });
    const session = await createAzureCliSession(parts());
    expect(session.tenantId()).toBe(adatum);
    const sql = () => session.token({ audience: "sql", tenantId: "T" });
    await Promise.all([sql(), sql(), session.token({ audience: "arm", tenantId: adatum })]);
    const sqlCommand = armCommand.replace("management.azure.com", "database.windows.net");
    expect(await started()).toEqual([armCommand, `${sqlCommand} --tenant T`]);
    expect(session.facts()).toMatchObject({ armTokenUntil: "2026-11-21T09:00:00.000Z" });
  });

  test("asks for the tenant and the cloud that were chosen", async () => {
    await az({ output: answer() });
    await createAzureCliSession({ ...parts(), cloud: clouds.china, tenantId: "adatum.example" });
    expect(await started()).toEqual([
      "account get-access-token --output json --resource https://management.chinacloudapi.cn --tenant adatum.example",
    ]);
  });

  test("asks anew for a token that ends within five minutes", async () => {
    await az({ output: answer() });
    let nowMs = startMs;
    const session = await createAzureCliSession(parts({ ...realClock, nowMs: () => nowMs }));
    const arm = () => session.token({ audience: "arm", tenantId: adatum });
    nowMs = startMs + 54 * 60_000;
    await arm();
    expect(await started()).toHaveLength(1);
    nowMs = startMs + 56 * 60_000;
    await arm();
    expect(await started()).toHaveLength(2);
  });

  test("takes the older answer, whose end is local time", async () => {
    const expiresOn = "2026-11-21 16:30:00.000000";
    await az({ output: answer({ expires_on: undefined, expiresOn }) });
    const session = await createAzureCliSession(parts());
    const { endsMs } = await session.token({ audience: "arm", tenantId: adatum });
    expect(endsMs).toBe(new Date(2026, 10, 21, 16, 30).getTime());
  });

  test("that is ended says in az's last words why, and what to run", async () => {
    const errors = "WARNING: old\nERROR: AADSTS700082: The refresh token has expired.\n\n";
    await az({ output: secret, errors, code: 1 });
    const problem = await problemOf(createAzureCliSession(parts()));
    expect(problem).toEqual({
      code: "azureCliRefused",
      class: "block",
      summary: "The Azure CLI gave no token. ERROR: AADSTS700082: The refresh token has expired.",
      detail: "ERROR: AADSTS700082: The refresh token has expired.",
      remedy: "Run az login in this account, then try again.",
    });
  });

  test("without az says that it is missing", async () => {
    const system = { platform: "linux", env: { PATH: folder } } as const;
    const problem = await problemOf(createAzureCliSession({ ...parts(), system }));
    expect(problem).toMatchObject({ code: "azureCliMissing", class: "block" });
  });

  test.each([
    ["no JSON", secret],
    ["no token", answer({ accessToken: "" })],
    ["no end", answer({ expires_on: undefined })],
    ["no tenant", answer({ tenant: undefined })],
  ])("whose az answers with %s is told so, without a word of the answer", async (_, output) => {
    await az({ output });
    const failed = await createAzureCliSession(parts()).catch((error: unknown) => error);
    expect(failed).toMatchObject({ problem: { code: "azureCliNotUnderstood" } });
    expect(wholeText(failed)).not.toContain(secret);
  });

  test("cannot show what a policy wants to see in the token", async () => {
    await az({ output: answer() });
    const session = await createAzureCliSession(parts());
    const token = session.token({ audience: "arm", tenantId: adatum, claims: "{}" });
    expect(await problemOf(token)).toMatchObject({ code: "azureCliClaims" });
  });

  test("never hands a word to a shell that could mean something there", async () => {
    await az({ output: answer() });
    const tenantId = "$(touch x)";
    await expect(createAzureCliSession({ ...parts(), tenantId })).rejects.toThrow("not plain");
    await expect(started()).rejects.toThrow("ENOENT");
  });
});

describe("az on Windows", () => {
  test("is its batch file by whole address, by way of cmd.exe", async () => {
    // On this system a file of that name, since its separators are no separators here.
    const bin = "C:\\Program Files\\Azure CLI";
    const here = process.cwd();
    process.chdir(folder);
    try {
      await writeFile(`${bin}\\az.cmd`, "");
      const env = { Path: `.;C:\\100%;C:\\none;${bin}`, SystemRoot: "C:\\Windows" };
      expect(azCommand(["account", "show"], { platform: "win32", env })).toEqual({
        file: "C:\\Windows\\System32\\cmd.exe",
        args: ["/d", "/s", "/c", `""${bin}\\az.cmd" account show"`],
        isVerbatim: true,
      });
      expect(azCommand([], { platform: "win32", env: { Path: "." } })).toBeUndefined();
    } finally {
      process.chdir(here);
    }
  });
});

describe("Azure for the command line", () => {
  test("reads instance, links and rights, and changes the link, with az's token alone", () =>
    given(async ({ estate, token }) => {
      await az({ output: answer({ accessToken: token, expires_on: Date.now() / 1000 + 3600 }) });
      const options = { ...parts(realClock), cloud: cloudOf(estate) };
      const azure = createCliAzure({ ...options, transport: { kind: "node" } });
      const instance = estate.servers.find(({ kind }) => kind === "managedInstance");
      expect(await azure.readForEstate(instance?.name ?? "")).toMatchObject({
        kind: "seen",
        tenantId: adatum,
        links: [{ name: "LINK_Adatum" }],
        linkRights: [{ linkName: "LINK_Adatum", failover: true }],
      });
      const operations = await azure.linkOperations();
      expect(await operations.send(requestsOn(estate).remove())).toMatchObject({
        kind: "accepted",
      });
      expect(asked(estate)).toMatchObject([{ text: "DELETE", count: 1 }]);
      expect(estate.world.state.linkOperations[0]?.login).toBe(dana.upn);
      expect(await started()).toHaveLength(1);
    }));

  test("tells of az's refusal as a fact, and asks az again the next time", async () => {
    await az({ errors: "ERROR: Please run 'az login' to setup account.", code: 1 });
    const azure = createCliAzure({ ...parts(), transport: { kind: "node" } });
    expect(await azure.readForEstate("mi.zone.database.windows.net")).toMatchObject({
      kind: "failed",
      problem: { code: "azureCliRefused" },
    });
    expect((await problemOf(azure.linkOperations())).code).toBe("azureCliRefused");
    await az({ output: answer() });
    expect(await azure.linkOperations()).toHaveProperty("send");
    expect(await started()).toHaveLength(3);
  });
});
