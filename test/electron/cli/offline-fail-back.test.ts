// An offline fail back typed on the command line: checked, planned, not run without the link's name, run, and its rows counted.
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { linkOf } from "../../../practice/scenarios/link-of.ts";
import { truth } from "../../../practice/world/truth.ts";
import { towards, type } from "../../fakes/command-line.ts";
import { container, createCredentials } from "../../fakes/offline-run.ts";
import type { TimedEstate } from "../../fakes/timed-estate.ts";
import { startTimedEstate } from "../../fakes/timed-estate.ts";

vi.setConfig({ testTimeout: 120_000 });

const places = ["--backup-to", container, "--restore-to", "D:\\Data"];
let estate: TimedEstate;
beforeEach(async () => {
  const scenario = linkOf({ name: "back", summary: "", primary: "instance" });
  estate = await startTimedEstate({ scenario });
  estate.world.setWorkload(false);
  estate.control({ do: "fault", fault: { kind: "linkDisconnected", on: true } });
  estate.world.advance(60_000);
});
afterEach(() => estate.stop());

const restored = () => truth(estate.world.state).restored;

function typed(...words: readonly string[]) {
  const { options, environment } = towards(estate);
  return type([...words, ...options], { environment, clock: estate.clock });
}

test("it says which credential to create, and runs with the hash and the link's name alone", async () => {
  const missing = await typed("offline-fail-back", ...places);
  expect([missing.code, missing.out]).toEqual([
    3,
    expect.stringContaining(`CREATE CREDENTIAL [${container}] WITH IDENTITY = 'MANAGED IDENTITY'`),
  ]);
  await createCredentials(estate);
  const planned = await typed("offline-fail-back", "plan", "--json", ...places);
  const { hash } = JSON.parse(planned.out) as { readonly hash: string };
  const run = ["offline-fail-back", "run", "--approve", hash, ...places];
  const nameless = await typed(...run);
  expect([nameless.code, nameless.err]).toEqual([2, expect.stringContaining("--link-name")]);
  const other = await typed(...run, "--link-name", "LINK_adatum");
  expect([other.code, restored()]).toEqual([3, []]);
  const done = await typed(...run, "--link-name", "LINK_Adatum");
  expect(done.code, done.err).toBe(0);
  expect(done.out).toContain("Still to do: Take a full backup of Adatum_failback");
  expect(restored()).toMatchObject([{ server: "box", name: "Adatum_failback" }]);
  const rows = await typed("rows", "--restore-as", "Adatum_failback");
  expect(rows.code, rows.out).toBe(0);
  const again = await typed("offline-fail-back", ...places);
  expect(again.out).toContain("Choose another name. (--restore-as NAME, or");
});

test.each([
  [["offline-fail-back"], "offline-fail-back needs --backup-to URL"],
  [["plan", "--restore-to", "D:\\"], "--restore-to goes with offline-fail-back alone."],
  [
    ["offline-fail-back", ...places, "--database-name", "Adatum"],
    "--database-name goes with --over-old-name alone.",
  ],
  [
    ["offline-fail-back", ...places, "--over-old-name", "--restore-as", "X"],
    "--over-old-name does not go with --restore-as.",
  ],
])("%j is wrong usage", async (words, sentence) => {
  const answer = await typed(...words);
  expect([answer.code, answer.err]).toEqual([2, expect.stringContaining(sentence)]);
});
