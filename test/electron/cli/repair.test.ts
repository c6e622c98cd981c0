// Two primaries, typed on the command line: both told, one named, the other saved and made secondary with the link's name.
import { afterEach, expect, test, vi } from "vitest";
import { truth } from "../../../practice/world/truth.ts";
import { towards, type } from "../../fakes/command-line.ts";
import { signedIn } from "./signed-in.ts";
import type { TimedEstate } from "../../fakes/timed-estate.ts";
import { startTimedEstate } from "../../fakes/timed-estate.ts";

vi.setConfig({ testTimeout: 240_000 });

let estate: TimedEstate;
afterEach(async () => {
  vi.unstubAllEnvs();
  await estate.stop();
});

async function open(scenario: string) {
  estate = await startTimedEstate({ scenario });
  estate.world.setWorkload(false);
  const { options, environment } = towards(estate);
  const { clock } = estate;
  return (...words: readonly string[]) => type([...words, ...options], { environment, clock });
}

const told = () => truth(estate.world.state);

test("both sides are told, nothing is chosen by itself, and a run by hash needs the link's name", async () => {
  const typed = await open("split-brain");
  const asked = await typed("repair", "check");
  expect(asked.code, asked.err).toBe(0);
  expect(asked.out).toMatch(/SQLBOX01: Adatum ONLINE, last commit \d+, .*recovery fork [0-9A-F-]+/);
  expect(asked.out).toContain("Name the side that stays primary: --keep box or --keep instance.");
  expect((await typed("repair", "plan")).code).toBe(2);

  const keep = ["--keep", "instance", "--save-to", "X:\\Save", "--stamp", "S7"];
  const planned = await typed("repair", "plan", "--json", ...keep);
  expect(planned.code, planned.out + planned.err).toBe(0);
  expect(planned.err).toContain("--stamp S7");
  const { hash } = JSON.parse(planned.out) as { readonly hash: string };
  const nameless = await typed("repair", "run", "--approve", hash, ...keep);
  expect([nameless.code, told().primaries]).toEqual([2, ["box", "instance"]]);
  expect(nameless.err).toContain("a repair needs --approve HASH and --link-name NAME");

  const done = await typed(
    "repair",
    "run",
    "--approve",
    hash,
    "--link-name",
    "LINK_Adatum",
    ...keep,
  );
  expect(done.code, done.out + done.err).toBe(0);
  expect(done.out).toContain("alone is primary and accepts writes");
  expect(done.out).toMatch(/Still to do: Keep X:\\+Save\\+Adatum-1-S7-1\.bak/);
  expect(told()).toMatchObject({ primaries: ["instance"], gone: { lost: [] } });
});

test("the other ending removes the link, and each side keeps what it holds", async () => {
  estate = await startTimedEstate({ scenario: "split-brain" });
  estate.world.setWorkload(false);
  const { typed } = await signedIn(estate);
  const azure = ["--azure-cli", "--azure-endpoint", estate.arm.endpoint];
  const alone = ["--keep", "instance", "--remove-link", ...azure];
  const planned = await typed("repair", "plan", "--json", ...alone);
  expect(planned.code, planned.out + planned.err).toBe(0);
  const { hash } = JSON.parse(planned.out) as { readonly hash: string };
  const before = told();
  const done = await typed(
    "repair",
    "run",
    "--approve",
    hash,
    "--link-name",
    "LINK_Adatum",
    ...alone,
  );
  expect(done.code, done.out + done.err).toBe(0);
  expect(done.out).toContain("is independent and can be written: keep applications out of it");
  expect(told()).toMatchObject({
    box: { linkDropped: true, updateability: "READ_WRITE", rows: before.box.rows },
    instance: { linkDropped: true, updateability: "READ_WRITE", rows: before.instance.rows },
    gone: { lost: [] },
  });
});

test("a place to save to is asked for, a healthy link is refused, and stray options are told", async () => {
  const typed = await open("healthy");
  const healthy = await typed("repair", "plan", "--keep", "instance");
  expect(healthy.code).toBe(3);
  expect(healthy.out).toContain("There is neither a split brain nor a link without a primary");
  expect(healthy.out).toContain("No place was named to save what only SQLBOX01 holds.");
  expect((await typed("check", "--keep", "box")).err).toContain("--keep goes with repair alone.");
  expect((await typed("repair", "plan", "--keep", "both")).err).toContain(
    "--keep is box or instance",
  );
  expect(told().changes).toEqual([]);
});
