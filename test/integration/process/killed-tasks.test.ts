// Clean-up, hybrid benefit and offline fail back whose process is really killed over its first change: the next start says what the world says, and nothing is sent twice.
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { afterEach, describe, expect, test, vi } from "vitest";
import type { PracticeEstate } from "../../../practice/estate.ts";
import { startPracticeEstate } from "../../../practice/estate.ts";
import { healthy } from "../../../practice/scenarios/healthy.ts";
import { linkOf } from "../../../practice/scenarios/link-of.ts";
import type { Scenario } from "../../../practice/scenarios/scenario.ts";
import type { ChangeRecord } from "../../../practice/world/engine-state.ts";
import { truth } from "../../../practice/world/truth.ts";
import { container, createCredentials } from "../../fakes/offline-run.ts";
import type { Started } from "../../fakes/started-program.ts";
import { scaledClock } from "../../fakes/scaled-clock.ts";
import { startProgram } from "../../fakes/started-program.ts";
import { removeLink } from "../../practice/server/link-removed.ts";
import type { SignedIn } from "../../electron/cli/signed-in.ts";
import { signedIn } from "../../electron/cli/signed-in.ts";

vi.setConfig({ testTimeout: 120_000 });

const speed = 2;
const program = resolve("out/electron/cli.js");
let estate: PracticeEstate;
let dba: SignedIn;
let run: Started | undefined;

async function open(scenario: Scenario): Promise<void> {
  estate = await startPracticeEstate({ scenario, clock: { speed } });
  dba = await signedIn({ ...estate, clock: scaledClock(speed) });
  run = undefined;
}
afterEach(async () => {
  run?.child.kill("SIGKILL");
  await run?.ended;
  vi.unstubAllEnvs();
  await estate.stop();
});

/** The command line as a process of its own. */
function start(...words: readonly string[]): Started {
  const { options, environment } = dba;
  run = startProgram(process.execPath, [program, ...words, ...options], { environment });
  return run;
}

async function hashOf(...words: readonly string[]): Promise<string> {
  const planned = await dba.typed(...words, "--json");
  expect(planned.code, planned.out + planned.err).toBe(0);
  return (JSON.parse(planned.out) as { readonly hash: string }).hash;
}

/** Resolves with the killed process gone: killed by the engine's own hand as it begins or ends the statement, so that no answer arrives. */
async function killedAt(started: Started, moment: "running" | "done", text: string): Promise<void> {
  const { changes } = estate.world.state;
  const push = changes.push.bind(changes);
  changes.push = (...records: ChangeRecord[]) => {
    for (const record of records) {
      if (record.text.includes(text)) killOn(record, moment, started);
    }
    return push(...records);
  };
  const { code, out, err } = await started.ended;
  changes.push = push;
  expect(code, out + err).toBeNull();
}

function killOn(record: ChangeRecord, moment: "running" | "done", { child }: Started): void {
  let { outcome } = record;
  if (moment === "running") child.kill("SIGKILL");
  Object.defineProperty(record, "outcome", {
    enumerable: true,
    get: () => outcome,
    set(next: ChangeRecord["outcome"]) {
      outcome = next;
      if (next === moment) child.kill("SIGKILL");
    },
  });
}

const sent = (text: string) =>
  truth(estate.world.state)
    .changes.filter((change) => change.text.includes(text))
    .reduce((sum, { count }) => sum + count, 0);

describe("a clean-up killed over its first DROP", () => {
  const link = ["--link", "LINK_Adatum"];
  const both = [...link, "--remove", "group,endpoint"];

  test("which the engine carried out: it is told first, what is left is named, and a new plan does the rest", async () => {
    await open(healthy);
    await removeLink(estate);
    const hash = await hashOf("clean-up", "plan", ...both);
    const words = ["clean-up", "run", "--approve", hash, "--link-name", "LINK_Adatum", ...both];
    await killedAt(start(...words), "done", "DROP AVAILABILITY GROUP [AG_Adatum]");

    const next = await dba.typed(...words);
    expect(next.out).toContain(
      "A run was interrupted at step 1 of 2: Drop availability group ('AG_Adatum'). The step did happen.",
    );
    expect(next.out).toContain(
      "Still to do: Drop mirroring endpoint ('database_mirroring_endpoint') on SQLBOX01",
    );
    expect([next.code, sent("DROP ENDPOINT")]).toEqual([0, 0]);
    const again = await dba.typed(...words);
    expect([again.code, again.out]).toEqual([
      3,
      expect.stringContaining("There is no group to remove."),
    ]);

    const rest = [...link, "--remove", "endpoint"];
    const approve = ["--approve", await hashOf("clean-up", "plan", ...rest)];
    const done = await dba.typed(
      ...["clean-up", "run", ...approve, "--link-name", "LINK_Adatum", ...rest],
    );
    expect(done.code, done.out + done.err).toBe(0);
    expect([sent("DROP AVAILABILITY GROUP [AG_Adatum]"), sent("DROP ENDPOINT")]).toEqual([1, 1]);
    expect(estate.world.state.box.surroundings.endpointDropped).toBe(true);
  });
});

describe("a change of the hybrid benefit killed once Azure has taken it", () => {
  test("still runs: no other is sent; when it has ended it is said to have happened", async () => {
    await open(healthy);
    const azure = ["--azure-cli", "--azure-endpoint", estate.arm.endpoint];
    const passive = ["--usage", "passive", "--passive-replica-confirmed", ...azure];
    const hash = await hashOf("hybrid-benefit", "plan", ...passive);
    estate.control({ do: "clock", speed: 0 });
    const words = ["hybrid-benefit", "run", "--approve", hash, ...passive];
    const started = start(...words);
    await vi.waitFor(
      () => {
        expect(journal()).toContain("operationAccepted");
      },
      { timeout: 30_000, interval: 20 },
    );
    started.child.kill("SIGKILL");
    expect((await started.ended).code).toBeNull();

    const next = await dba.typed(...words);
    expect(next.out).toContain("Azure still works on it.");
    expect(next.out).toContain("No new run is started before this is known.");
    const unasked = await dba.typed("status");
    expect(unasked.out).toContain("Sign in to Azure and look again.");
    expect([next.code, unasked.code]).toEqual([4, 4]);

    estate.control({ do: "clock", speed });
    estate.world.advance(120_000);
    const status = await dba.typed("status", ...azure);
    expect(status.out).toMatch(/A run was interrupted at step 1 of 1: .* The step did happen\./u);
    expect(status.code, status.out).toBe(0);
    expect(truth(estate.world.state).linkOperations).toMatchObject([
      { text: "PATCH hybridSecondaryUsage Passive", count: 1 },
    ]);
    const again = await dba.typed(...words);
    expect([again.code, again.out]).toEqual([3, expect.stringContaining("is Passive already")]);
  });
});

function journal(): string {
  const runs = join(dba.dataDir, "runs");
  const [folder] = readdirSync(runs, { recursive: true, encoding: "utf8" }).filter((name) =>
    name.endsWith(".jsonl"),
  );
  return folder === undefined ? "" : readFileSync(join(runs, folder), "utf8");
}

describe("an offline fail back killed", () => {
  const places = ["--backup-to", container, "--restore-to", "D:\\Data"];

  async function running(): Promise<readonly string[]> {
    await open(linkOf({ name: "back", summary: "", primary: "instance" }));
    estate.world.setWorkload(false);
    estate.control({ do: "fault", fault: { kind: "linkDisconnected", on: true } });
    estate.world.advance(60_000);
    await createCredentials(estate);
    const approve = ["--approve", await hashOf("offline-fail-back", "plan", ...places)];
    return ["offline-fail-back", "run", ...approve, "--link-name", "LINK_Adatum", ...places];
  }

  test("while it is backed up: what was written of the backup counts for nothing, and nothing is restored", async () => {
    const words = await running();
    await killedAt(start(...words), "running", "BACKUP DATABASE");
    const next = await dba.typed(...words);
    expect(next.out).toMatch(/interrupted at step 2 of \d: Take a COPY_ONLY full backup/u);
    expect(next.out).toContain(
      "What it has written of its backup is not relied on: a new run makes its own.",
    );
    expect([next.code, sent("BACKUP DATABASE"), sent("RESTORE DATABASE")]).toEqual([1, 1, 0]);
  });

  test("once it is restored: it happened, what is not proved of it is named, and it is not restored again", async () => {
    const words = await running();
    await killedAt(start(...words), "done", "RESTORE DATABASE");
    const next = await dba.typed(...words);
    expect(next.out).toMatch(
      /Restore Adatum as Adatum_failback on SQLBOX01\. The step did happen/u,
    );
    expect(next.out).toContain("Still to do: Verify Adatum_failback on SQLBOX01, and that nothing");
    const again = await dba.typed(...words);
    expect([again.code, again.out]).toEqual([3, expect.stringContaining("Adatum_failback")]);
    expect([sent("RESTORE DATABASE"), truth(estate.world.state).restored]).toMatchObject([
      1,
      [{ name: "Adatum_failback" }],
    ]);
  });
});
