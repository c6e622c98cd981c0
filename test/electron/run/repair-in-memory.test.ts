// The repair of a split brain in memory: which backups are made, what counts as proved, and when the old primary is given up.
import { describe, expect, test } from "vitest";
import type { SessionActivity } from "../../../electron/run/session-activity.ts";
import type { RunTools } from "../../../electron/run/run-tools.ts";
import { runPlan } from "../../../electron/run/runner.ts";
import { AppError } from "../../../shared/errors/app-error.ts";
import type { Plan } from "../../../shared/plan/plan.ts";
import { buildRepairPlan } from "../../../shared/repair/build.ts";
import { checkRepair } from "../../../shared/repair/checks.ts";
import type { BackupSet } from "../../../shared/repair/copy-to-save.ts";
import { fakePlan } from "../../fakes/fake-plan.ts";
import type { FakeRun } from "../../fakes/fake-run.ts";
import { fakeRun } from "../../fakes/fake-run.ts";
import { backupSet, choices, copy, repairInput } from "../../shared/repair/samples.ts";

const database = fakePlan.link.databases[0] ?? "";

function repairPlan(writersStopped: string | null): Plan {
  const input = repairInput({ choices: { ...choices, writersStopped } });
  const answer = buildRepairPlan({ ...input, environment: "test", findings: checkRepair(input) });
  if (answer.kind === "refused") throw new Error("The sample is not planned.");
  const { link, box, instance } = fakePlan;
  return { ...answer.plan, link, box, instance };
}

interface World {
  commitLsn: number | null;
  writers: "none" | "one";
  readonly sets: BackupSet[];
}

interface Story {
  readonly writersStopped?: string;
  /** Happens when the n-th BACKUP has ended. */
  readonly afterBackup?: (world: World, number: number) => void;
  readonly afterVerify?: (world: World) => void;
  /** When the connection of the demotion is open: directly before its last checks. */
  readonly beforeDemotion?: (world: World) => void;
  /** Of the set in msdb. */
  readonly damaged?: boolean;
  readonly verifyFails?: boolean;
  readonly backupFails?: boolean;
  readonly writers?: "none" | "one";
  /** Every look at the writers takes 5 s, and this one finds somebody; the first is 1. */
  readonly seldomSeen?: number;
  /** A set that msdb knows before anything is sent. */
  readonly known?: BackupSet;
  /** The answer of BACKUP is lost; how the connection is seen afterwards, look by look. */
  readonly lostWhile?: readonly SessionActivity[];
}

function started(story: Story) {
  const world: World = { commitLsn: 390, writers: story.writers ?? "none", sets: [backupSet()] };
  if (story.known !== undefined) world.sets.push(story.known);
  const activities = [...(story.lostWhile ?? [])];
  let backups = 0;
  const engine = (statement: string, run: FakeRun): Promise<void> => {
    if (statement.includes("SET (ROLE = SECONDARY)")) run.link.setRoles("SECONDARY", "PRIMARY");
    if (statement.startsWith("RESTORE VERIFYONLY")) {
      if (story.verifyFails === true) return Promise.reject(refused("RESTORE VERIFYONLY failed."));
      story.afterVerify?.(world);
    }
    const path = /BACKUP .* TO DISK = N''([^']+)''/.exec(statement)?.[1];
    if (path === undefined) return Promise.resolve();
    if (story.backupFails === true) return Promise.reject(refused("The disk is full."));
    backups += 1;
    const lastLsn = String((world.commitLsn ?? 400) + 1);
    world.sets.push(backupSet({ type: "L", path, lastLsn, isDamaged: story.damaged === true }));
    story.afterBackup?.(world, backups);
    return story.lostWhile === undefined ? Promise.resolve() : Promise.reject(lost);
  };
  const plan = repairPlan(story.writersStopped ?? null);
  let opened = 0;
  let looks = 0;
  const onOpened = () => {
    opened += 1;
    if (opened === 2) story.beforeDemotion?.(world);
  };
  const activity = () => activities.shift() ?? "gone";
  const run = fakeRun({ plan, execute: engine, onOpened, activity });
  run.link.setRoles("PRIMARY", "PRIMARY");
  const tools: RunTools = {
    ...run.tools,
    readCopiesToSave: () =>
      Promise.resolve([
        copy({ database, lastCommitLsn: textOf(world.commitLsn), backups: world.sets }),
      ]),
    async readOldCopy() {
      looks += 1;
      if (story.seldomSeen !== undefined) await run.clock.wait(5_000);
      const isSeen = world.writers === "one" || looks === story.seldomSeen;
      return {
        databases: [{ name: database, state: "ONLINE", lastCommitLsn: textOf(world.commitLsn) }],
        writers: isSeen ? [writer] : [],
      };
    },
  };
  const kinds = () =>
    run.sent.map((text) => /BACKUP LOG|VERIFYONLY|ROLE = SECONDARY|RESUME/.exec(text)?.[0]);
  return { run, world, kinds, ended: runPlan(tools) };
}

const writer = {
  databaseName: database,
  transactionId: "1",
  origin: "user",
  since: null,
  logBytes: 1,
} as const;

const lost = new AppError({
  code: "answerLost",
  class: "ambiguous",
  summary: "The answer was lost.",
  remedy: "",
});

function textOf(lsn: number | null): string | null {
  return lsn === null ? null : String(lsn);
}

function refused(summary: string): AppError {
  return new AppError({ code: "sqlError", class: "block", sqlNumber: 3013, summary, remedy: "" });
}

function commit(world: World): void {
  world.commitLsn = (world.commitLsn ?? 0) + 10;
}

describe("the log stands still", () => {
  test("it is saved once, verified and given up", async () => {
    const { kinds, ended, run } = started({});
    expect((await ended).outcome).toBe("succeeded");
    expect(kinds()).toEqual(["BACKUP LOG", "VERIFYONLY", "ROLE = SECONDARY"]);
    expect(outcomes(run)).toEqual([
      "succeeded",
      "succeeded",
      "skipped",
      "succeeded",
      "skipped",
      "succeeded",
    ]);
  });

  test("on a slow way 10 s of few looks are not quiet: the writer of the fifth look is still seen", async () => {
    const { ended, run } = started({ seldomSeen: 5 });
    expect((await ended).outcome).toBe("succeeded");
    const told = run.events.filter(({ kind }) => kind === "stepProgress");
    expect(JSON.stringify(told)).toContain("Still writing on");
  });

  test.each<[string, Story]>([
    ["the backup fails", { backupFails: true }],
    ["msdb calls the backup damaged", { damaged: true }],
    ["the backup cannot be read back", { verifyFails: true }],
  ])("nothing is given up when %s", async (_what, story) => {
    const { kinds, ended } = started(story);
    const { outcome, summary } = await ended;
    expect(outcome).toBe("failed");
    expect(summary).toMatch(/is not proved to be saved: .*Nothing was given up\./);
    expect(kinds()).not.toContain("ROLE = SECONDARY");
  });
});

describe("the log moves while it is saved", () => {
  test("once: one further backup is made, and that one holds everything", async () => {
    const { kinds, ended } = started({
      afterBackup: (world, number) => {
        if (number === 1) commit(world);
      },
    });
    expect((await ended).outcome).toBe("succeeded");
    expect(kinds()).toEqual([
      "BACKUP LOG",
      "VERIFYONLY",
      "BACKUP LOG",
      "VERIFYONLY",
      "ROLE = SECONDARY",
    ]);
  });

  test("twice: nothing is given up, and no third backup is made", async () => {
    const { kinds, ended } = started({ afterBackup: commit });
    const { outcome, summary } = await ended;
    expect([outcome, summary]).toEqual([
      "failed",
      expect.stringMatching(/is not given up: the log of \S+ moved while it was saved/),
    ]);
    expect(kinds()).toEqual(["BACKUP LOG", "VERIFYONLY", "BACKUP LOG", "VERIFYONLY"]);
  });

  test("twice, with nobody seen and typed that nobody can write: the backups moved it themselves", async () => {
    const { kinds, ended } = started({ afterBackup: commit, writersStopped: "Firewall closed" });
    expect((await ended).outcome).toBe("succeeded");
    expect(kinds().at(-1)).toBe("ROLE = SECONDARY");
  });

  test("twice, typed that nobody can write, and a session seen: nothing is given up", async () => {
    const { kinds, ended } = started({
      writersStopped: "Firewall closed",
      afterBackup(world) {
        commit(world);
        world.writers = "one";
      },
      afterVerify(world) {
        world.writers = "none";
      },
    });
    expect((await ended).outcome).toBe("failed");
    expect(kinds()).not.toContain("ROLE = SECONDARY");
  });
});

test("a lost answer is settled by its connection: nothing is judged while the backup may still run", async () => {
  const { kinds, ended, run } = started({ lostWhile: ["working", "working", "gone"] });
  expect((await ended).outcome).toBe("succeeded");
  expect(kinds()).toEqual(["BACKUP LOG", "VERIFYONLY", "ROLE = SECONDARY"]);
  expect(run.events.filter(({ kind }) => kind === "answerLost")).toHaveLength(1);
});

test("a file that msdb knows already is not written behind", async () => {
  const path = repairPlan(null).steps.flatMap(({ action }) =>
    action.kind === "saveCopy" ? [action.to] : [],
  )[0];
  const { kinds, ended } = started({ known: backupSet({ type: "L", path: path ?? "" }) });
  expect((await ended).summary).toContain("already");
  expect(kinds()).toEqual([]);
});

test("a survivor that cannot be written is no reason to give the other side up", async () => {
  const { kinds, ended, run } = started({
    afterVerify: () => {
      run.link.instance.updateability = "READ_ONLY";
    },
  });
  expect((await ended).summary).toContain("does not show every database READ_WRITE");
  expect(kinds()).toEqual(["BACKUP LOG", "VERIFYONLY"]);
});

test("a commit between the proof and the demotion is seen by the last look, and nothing is given up", async () => {
  const { kinds, ended } = started({ beforeDemotion: commit });
  const { outcome, summary } = await ended;
  expect([outcome, summary]).toEqual([
    "failed",
    expect.stringMatching(/the log of \S+ has moved since its backup/),
  ]);
  expect(kinds()).toEqual(["BACKUP LOG", "VERIFYONLY"]);
});

test("while somebody writes nothing is sent, and a stop ends it", async () => {
  const { kinds, ended, run } = started({ writers: "one" });
  run.clock.at(60_000, () => {
    run.stop.abort();
  });
  expect((await ended).outcome).toBe("stopped");
  expect(kinds()).toEqual([]);
  expect(JSON.stringify(run.events)).toContain("Still writing on");
});

test("a survivor that is not primary any more ends the run before anything is given up", async () => {
  const { kinds, ended, run } = started({
    afterVerify: () => {
      run.link.setRoles("PRIMARY", "SECONDARY");
    },
  });
  expect((await ended).outcome).toBe("failed");
  expect(kinds()).toEqual(["BACKUP LOG", "VERIFYONLY"]);
});

function outcomes(run: FakeRun) {
  return run.events.flatMap((event) => (event.kind === "stepEnded" ? [event.outcome] : []));
}
