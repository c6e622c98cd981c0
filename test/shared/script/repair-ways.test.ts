// The other ways of a repair, as the command line writes their scripts: the instance given up, nobody primary, and the link removed.
import { mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import type { PracticeEstate } from "../../../practice/estate.ts";
import { startPracticeEstate } from "../../../practice/estate.ts";
import { truth } from "../../../practice/world/truth.ts";
import type { SignedIn } from "../../electron/cli/signed-in.ts";
import { signedIn } from "../../electron/cli/signed-in.ts";
import { container, createCredentials } from "../../fakes/offline-run.ts";
import { scaledClock } from "../../fakes/scaled-clock.ts";
import { runAzScript } from "./run-az-script.ts";
import { runTsqlFile } from "./run-tsql-file.ts";

vi.setConfig({ testTimeout: 240_000 });

const speed = 4;
let estate: PracticeEstate;
let dba: SignedIn;
afterEach(async () => {
  vi.unstubAllEnvs();
  await estate.stop();
});

/** The folder that `repair script` wrote, nobody writing on either side. */
async function written(scenario: string, ...words: readonly string[]): Promise<string> {
  estate = await startPracticeEstate({ scenario, clock: { speed }, routing: "off" });
  estate.world.setWorkload(false);
  dba = await signedIn({ ...estate, clock: scaledClock(speed) });
  await createCredentials(estate, ["instance"]);
  const folder = mkdtempSync(join(tmpdir(), "mi-link-repair-"));
  const azure = ["--azure-cli", "--azure-endpoint", estate.arm.endpoint];
  const made = await dba.typed("repair", "script", "--out", folder, ...azure, ...words);
  expect(made.code, made.out + made.err).toBe(0);
  return folder;
}

async function bash(folder: string): Promise<void> {
  const script = { text: readFileSync(join(folder, "failover.sh"), "utf8"), token: dba.token };
  const nameless = await runAzScript(estate, script);
  expect([nameless.exitCode, told().changes]).toEqual([2, before()]);
  const done = await runAzScript(estate, { ...script, args: ["--link-name", "LINK_Adatum"] });
  expect(done.exitCode, done.stderr + done.stdout).toBe(0);
}

const told = () => truth(estate.world.state);
/** Made by hand, for the backup. */
const before = () => told().changes.filter(({ text }) => text.startsWith("CREATE CREDENTIAL"));
const requests = () => told().linkOperations.map(({ text, count }) => [text, count]);
const instanceGivenUp = ["--keep", "box", "--save-to", container, "--stamp", "S1"];

/** What only the instance had is in a file of ours, and nothing is gone. */
function expectInstanceFollows(): void {
  const { primaries, gone } = told();
  expect([primaries, gone.lost]).toEqual([["box"], []]);
  expect(gone.saved).toMatchObject([{ server: "instance", type: "D" }]);
  expect(gone.saved[0]?.path).toContain(container);
}

test("the instance is given up by T-SQL: saved to the URL and made secondary, once", async () => {
  const folder = await written("split-brain-instance", ...instanceGivenUp);
  const name = readdirSync(folder).find((one) => one.endsWith("managed-instance.sql")) ?? "";
  const text = readFileSync(join(folder, name), "utf8");
  const file = { fileName: name, side: "instance", server: "sqlmi1", text } as const;
  const first = await runTsqlFile(estate, file);
  expect(first.errors, first.messages).not.toContain(50009);
  expectInstanceFollows();
  const again = await runTsqlFile(estate, file);
  expect(again.errors.some((number) => number > 50_000)).toBe(true);
  expect(told().gone.saved).toHaveLength(1);
});

test("the instance is given up by bash, after the link's name", async () => {
  await bash(await written("split-brain-instance", ...instanceGivenUp));
  expectInstanceFollows();
});

test("asked of Azure in the plan, the instance is made secondary by bash all the same", async () => {
  const byAzure = ["--failover-by-azure", "--writers-stopped", "Its firewall is closed."];
  await bash(await written("split-brain-instance", ...instanceGivenUp, ...byAzure));
  expectInstanceFollows();
});

test("with nobody primary the side that is named becomes it, and the other one follows", async () => {
  await bash(await written("no-primary-planned", "--keep", "instance"));
  expect(told()).toMatchObject({ primaries: ["instance"], gone: { lost: [] } });
});

test("the other ending asks Azure once to delete the link, and each side keeps what it holds", async () => {
  const folder = await written("split-brain", "--keep", "instance", "--remove-link");
  const { box, instance } = told();
  await bash(folder);
  expect(requests()).toEqual([["DELETE", 1]]);
  expect(told()).toMatchObject({
    box: { linkDropped: true, updateability: "READ_WRITE", rows: box.rows },
    instance: { linkDropped: true, updateability: "READ_WRITE", rows: instance.rows },
    gone: { lost: [] },
  });
});
