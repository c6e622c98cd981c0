// A move that removes the link, typed on the command line: Azure by the Azure CLI's sign-in, the whole way and what is refused.
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { truth } from "../../../practice/world/truth.ts";
import type { Typed } from "../../fakes/command-line.ts";
import { signedIn } from "./signed-in.ts";
import type { TimedEstate } from "../../fakes/timed-estate.ts";
import { startTimedEstate } from "../../fakes/timed-estate.ts";

let estate: TimedEstate;
let typed: (...words: readonly string[]) => Promise<Typed>;
let token: string;

beforeAll(async () => {
  estate = await startTimedEstate({ scenario: "sql2019-cutover" });
  ({ typed, token } = await signedIn(estate));
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await estate.stop();
});

const removal = ["--remove-link", "--both-copies-writable-understood"];
const azure = () => ["--azure-cli", "--azure-endpoint", estate.arm.endpoint];

test("without a sign-in, or unless it is understood, there is no plan, and it says what is missing", async () => {
  const unsigned = await typed("plan", ...removal);
  expect([unsigned.code, unsigned.out]).toEqual([3, expect.stringContaining("signed in to Azure")]);
  const unsaid = await typed("plan", "--remove-link", ...azure());
  expect([unsaid.code, unsaid.out]).toEqual([
    3,
    expect.stringContaining("can be written and are independent"),
  ]);
  const kept = await typed("plan", ...azure());
  expect([kept.code, kept.out]).toEqual([3, expect.stringContaining("SQL Server 2019")]);
});

test("Azure of a practice estate goes with practice servers alone", async () => {
  const wrong = await typed("plan", ...removal, "--azure-cli");
  expect([wrong.code, wrong.err]).toEqual([2, expect.stringContaining("--azure-endpoint")]);
});

test("rehearsed it changes nothing; approved it moves the database, removes the link and leaves its report", async () => {
  estate.world.setWorkload(false);
  const planned = await typed("plan", "--json", ...removal, ...azure());
  const { hash } = JSON.parse(planned.out) as { readonly hash: string };
  const rehearsed = await typed("run", "--dry-run", ...removal, ...azure());
  expect([rehearsed.code, rehearsed.out]).toEqual([0, expect.stringContaining("DRY RUN.")]);
  expect(rehearsed.out).toContain("DELETE /subscriptions/");
  expect(truth(estate.world.state).changes).toEqual([]);

  const approved = ["run", "--approve", hash, ...removal, ...azure()];
  const unnamed = await typed(...approved);
  expect([unnamed.code, unnamed.err]).toEqual([2, expect.stringContaining("--link-name NAME")]);
  const misnamed = await typed(...approved, "--link-name", "LINK_Other");
  expect([misnamed.code, misnamed.out + misnamed.err]).toEqual([
    3,
    expect.stringContaining("The name of the link was not typed. Nothing was sent."),
  ]);
  expect(truth(estate.world.state).changes).toEqual([]);

  const run = await typed(...approved, "--link-name", "LINK_Adatum");
  expect(run.code, run.err).toBe(0);
  expect(run.out).toContain("The link is removed.");
  const world = truth(estate.world.state);
  expect(world.linkOperations.map(({ text, count }) => [text, count])).toEqual([
    ["PATCH replicationMode Sync", 1],
    ["DELETE", 1],
  ]);
  expect(world.box).toMatchObject({ linkDropped: true, localGroupDropped: false });
  expect(world.instance).toMatchObject({ updateability: "READ_WRITE" });
  expect(JSON.stringify([run, rehearsed, planned])).not.toContain(token);
}, 90_000);
