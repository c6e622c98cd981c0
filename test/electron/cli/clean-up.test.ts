// What a link left behind, typed on the command line: listed with what uses it, refused while it is used, removed with the link's name.
import { readFileSync } from "node:fs";
import { afterEach, describe, expect, test, vi } from "vitest";
import { dana } from "../../../practice/entra/directory.ts";
import { healthy } from "../../../practice/scenarios/healthy.ts";
import type { Scenario } from "../../../practice/scenarios/scenario.ts";
import { truth } from "../../../practice/world/truth.ts";
import { healthyWith, removeLink } from "../../practice/server/link-removed.ts";
import type { SignedIn } from "./signed-in.ts";
import { signedIn } from "./signed-in.ts";
import type { TimedEstate } from "../../fakes/timed-estate.ts";
import { startTimedEstate } from "../../fakes/timed-estate.ts";

vi.setConfig({ testTimeout: 120_000 });

let estate: TimedEstate;
let typed: SignedIn["typed"];

async function open(scenario: Scenario = healthy): Promise<void> {
  estate = await startTimedEstate({ scenario });
  ({ typed } = await signedIn(estate));
}
afterEach(async () => {
  vi.unstubAllEnvs();
  await estate.stop();
});

const azure = () => ["--azure-cli", "--azure-endpoint", estate.arm.endpoint];
const link = ["--link", "LINK_Adatum"];
const everything = ["group", "endpoint", "certificates", "trust-certificates", "trace-flags"];
const own = "Cert_SQLBOX01_endpoint";
const partner = "sqlmi1.a0b1c2d3e4f5.database.windows.net";
const changes = () => truth(estate.world.state).changes.map(({ text, count }) => [text, count]);

async function planOf(...words: readonly string[]): Promise<{
  readonly hash: string;
  readonly plan: { readonly steps: readonly { readonly id: string }[] };
}> {
  const planned = await typed("clean-up", "plan", "--json", ...link, ...words);
  expect(planned.code, planned.out + planned.err).toBe(0);
  // What the command line prints; the test says what is in it.
  return JSON.parse(planned.out) as Awaited<ReturnType<typeof planOf>>;
}

describe("a link that is gone", () => {
  test("leaves what is listed with what uses it; named one by one or by kind it is dropped in its order, and the world has none of it", async () => {
    await open(
      healthyWith({ traceFlags: [1800, 9567, 12381], agentJobs: ["TestMILinkConnection"] }),
    );
    await removeLink(estate);
    const listed = await typed("clean-up", ...azure());
    expect(listed.code, listed.err).toBe(0);
    for (const part of [
      "group:AG_Adatum",
      "Still used by the availability group AG_Adatum.",
      `certificate:${own}`,
      "Still used by the endpoint database_mirroring_endpoint.",
      `Still used by the certificate ${partner}, which it vouches for.`,
      `trust-certificate:${own}`,
      "Trace flag 1800 on SQLBOX01: on, and among its startup parameters (-T1800).",
      "Trace flag 12381 on SQLBOX01: on.",
      "job:TestMILinkConnection",
    ]) {
      expect(listed.out).toContain(part);
    }
    expect(changes()).toEqual([["DROP AVAILABILITY GROUP [LINK_Adatum]", 1]]);

    const words = ["--remove", everything.join(","), ...azure()];
    const { hash, plan } = await planOf(...words);
    expect(plan.steps.map(({ id }) => id)).toEqual([
      "1-drop-group",
      "2-drop-endpoint",
      "3-drop-certificate",
      "4-drop-certificate",
      "5-drop-certificate",
      "6-remove-trust-certificate",
      "7-turn-off-trace-flag-1800",
      "8-turn-off-trace-flag-9567",
      "9-turn-off-trace-flag-12381",
    ]);
    const run = await typed(
      ...["clean-up", "run", "--json", "--approve", hash, "--link-name", "LINK_Adatum"],
      ...link,
      ...words,
    );
    expect(run.code, run.out + run.err).toBe(0);
    const { toDo, proved, files } = JSON.parse(run.out) as {
      readonly toDo: readonly string[];
      readonly proved: readonly string[];
      readonly files: { readonly reportFile: string };
    };
    expect(toDo).toHaveLength(2);
    expect(toDo[0]).toMatch(/^-T1800 is still among the startup parameters of SQLBOX01/);
    expect(proved).toContain("The endpoint database_mirroring_endpoint is gone from SQLBOX01.");
    expect(readFileSync(files.reportFile, "utf8")).toMatch(/^# PRACTICE: clean-up after LINK/);
    const { box, instance } = estate.world.state;
    expect(box.localGroupDropped).toBe(true);
    expect(box.surroundings).toMatchObject({
      endpointDropped: true,
      droppedCertificates: [own.toLowerCase(), partner, "digicertpki"],
      traceFlags: [],
    });
    expect(instance.surroundings.trustCertificates).toEqual([]);
    expect(changes().slice(1)).toEqual([
      ["DROP AVAILABILITY GROUP [AG_Adatum]", 1],
      ["DROP ENDPOINT [database_mirroring_endpoint]", 1],
      [`DROP CERTIFICATE [${own}]`, 1],
      [`DROP CERTIFICATE [${partner}]`, 1],
      ["DROP CERTIFICATE [DigiCertPKI]", 1],
      ["DBCC TRACEOFF (1800, -1)", 1],
      ["DBCC TRACEOFF (9567, -1)", 1],
      ["DBCC TRACEOFF (12381, -1)", 1],
    ]);
    expect(truth(estate.world.state)).toMatchObject({
      box: { databaseState: "ONLINE", updateability: "READ_WRITE" },
    });
    const after = await typed("clean-up", ...azure());
    expect(after.out).toContain("trace-flag:1800\n");
    expect(after.out).not.toMatch(/certificate:|endpoint:|group:/);
  });

  test("needs the hash and the link's name, and of another plan nothing is sent", async () => {
    await open();
    await removeLink(estate);
    const words = [...link, "--remove", "trace-flags", "--remove", "group"];
    const { hash } = await planOf(...words.slice(2));
    const answers = [
      await typed("clean-up", "run", "--approve", hash, ...words),
      await typed("clean-up", "run", "--approve", hash, "--link-name", "link_adatum", ...words),
      await typed(
        "clean-up",
        "run",
        "--approve",
        "0".repeat(64),
        "--link-name",
        "LINK_Adatum",
        ...words,
      ),
    ];
    expect(answers.map(({ code }) => code)).toEqual([2, 3, 3]);
    expect(changes()).toEqual([["DROP AVAILABILITY GROUP [LINK_Adatum]", 1]]);
  });

  test("whose distributed group stayed on SQL Server is cleaned up with it", async () => {
    await open();
    await removeLink(estate, true);
    const alone = await typed("clean-up", "plan", ...link, "--remove", "group");
    expect([alone.code, alone.out]).toEqual([
      3,
      expect.stringContaining("SQLBOX01 still shows the link LINK_Adatum."),
    ]);
    const words = ["--remove", "distributed-group,group"];
    const { hash } = await planOf(...words);
    const run = await typed(
      ...["clean-up", "run", "--approve", hash, "--link-name", "LINK_Adatum", ...link, ...words],
    );
    expect(run.code, run.out + run.err).toBe(0);
    expect(truth(estate.world.state).box).toMatchObject({
      linkDropped: true,
      localGroupDropped: true,
      databaseState: "ONLINE",
    });
  });
});

describe("what is still used", () => {
  test.each([
    ["the link", {}, "endpoint", "still shows the link LINK_Adatum."],
    [
      "a group of its own",
      { otherGroups: [{ name: "AG_Payroll", replicas: ["SQLBOX01", "SQLBOX02"] }] },
      "endpoint,group:AG_Payroll",
      "its replica SQLBOX02",
    ],
    [
      "database mirroring",
      { mirroredDatabases: ["Ledger"] },
      "endpoint",
      "database mirroring of 1 database(s)",
    ],
    [
      "Service Broker",
      { brokerEndpoint: "Broker" },
      `certificate:${own}`,
      "the Service Broker endpoint Broker",
    ],
    [
      "a login",
      {
        certificatePrincipals: [{ principal: "mi", kind: "login", certificate: partner } as const],
      },
      `certificate:${partner}`,
      "the login mi",
    ],
  ])("by %s is refused, and nothing is sent", async (_, surroundings, word, said) => {
    await open(healthyWith(surroundings));
    if (said.includes("still shows")) estate.world.setWorkload(false);
    else await removeLink(estate);
    const before = changes();
    const remove = word.includes(",")
      ? word.split(",").flatMap((one) => ["--remove", one])
      : ["--remove", word];
    const run = await typed(
      "clean-up",
      "run",
      ...link,
      ...remove,
      "--approve",
      "0".repeat(64),
      "--link-name",
      "LINK_Adatum",
    );
    expect(run.code, run.err).toBe(3);
    expect(run.out).toContain(said);
    expect(changes()).toEqual(before);
  });

  test("by a user of master, which no view of the server tells, is refused by the server and reported as not done", async () => {
    await open(
      healthyWith({
        certificatePrincipals: [{ principal: "root_user", kind: "user", certificate: partner }],
      }),
    );
    await removeLink(estate);
    const words = ["--remove", `certificate:${partner}`];
    const { hash } = await planOf(...words);
    const run = await typed(
      ...["clean-up", "run", "--approve", hash, "--link-name", "LINK_Adatum", ...link, ...words],
    );
    expect([run.code, run.out]).toEqual([1, expect.stringContaining("15559")]);
    expect(estate.world.state.box.surroundings.droppedCertificates).toEqual([]);
  });

  test("a group that came between the plan and the drop keeps the endpoint: its own batch asks again", async () => {
    await open();
    await removeLink(estate);
    const words = ["--remove", "group,endpoint"];
    const { hash } = await planOf(...words);
    const appears = setInterval(() => {
      const { box } = estate.world.state;
      if (box.localGroupDropped)
        box.surroundings.otherGroups = [{ name: "AG_New", replicas: ["SQLBOX01"] }];
    }, 1);
    const run = await typed(
      ...["clean-up", "run", "--approve", hash, "--link-name", "LINK_Adatum", ...link, ...words],
    );
    clearInterval(appears);
    expect(run.code, run.out).toBe(1);
    expect(run.err).toContain(
      "Refused: the number of availability groups and links of this server must be 0, and it is 1.",
    );
    expect(estate.world.state.box.surroundings.endpointDropped).toBe(false);
  });
});

describe("what cannot be seen or done beforehand", () => {
  const listed = (...words: readonly string[]) => typed("clean-up", ...words);

  test("while the instance is silent SQL Server's leftovers are listed as perhaps used, and none is removed", async () => {
    await open();
    await removeLink(estate);
    const before = changes();
    const words = [...link, "--remove", "group"];
    const hash = (await planOf(...words.slice(2))).hash;
    estate.control({ do: "fault", fault: { kind: "unreachable", server: "instance", on: true } });
    const list = await listed();
    expect([list.code, list.out]).toEqual([4, expect.stringContaining("group:AG_Adatum")]);
    expect(list.out).toMatch(
      /Still used by a link that .* may still show: it could not be read\./u,
    );
    expect(list.out).not.toContain("Nothing uses it any more.");
    const run = await typed(
      ...["clean-up", "run", "--approve", hash, "--link-name", "LINK_Adatum", ...words],
    );
    expect([run.code, run.out]).toEqual([
      3,
      expect.stringContaining("Nothing is removed until both servers can be read"),
    ]);
    expect(changes()).toEqual(before);
  });

  test("without the right in Azure the one that is missing is named before anything is asked of it", async () => {
    await open();
    await removeLink(estate);
    estate.control({ do: "armFault", fault: { kind: "role", upn: dana.upn, role: "reader" } });
    const before = truth(estate.world.state).linkOperations;
    const words = [...link, "--remove", "trust-certificates", ...azure()];
    const plan = await typed("clean-up", "plan", ...words);
    expect([plan.code, plan.out]).toEqual([
      3,
      expect.stringContaining(
        "has no Microsoft.Sql/managedInstances/serverTrustCertificates/delete on the instance sqlmi1.",
      ),
    ]);
    expect(truth(estate.world.state).linkOperations).toEqual(before);
  });
});

test.each([
  [["clean-up", "plan", "--remove", "endpoint"], "clean-up needs --link NAME"],
  [["clean-up", "plan", "--link", "x"], "clean-up removes only what --remove names."],
  [["clean-up", "status"], "There is no command"],
  [["plan", "--remove", "endpoint"], "--remove goes with clean-up alone."],
  [["clean-up", "run", "--force", "--to", "box"], "--force goes with a failover alone."],
  [["hybrid-benefit", "plan"], "hybrid-benefit needs --usage"],
  [["plan", "--usage", "passive"], "--usage goes with hybrid-benefit alone."],
])("%j is wrong usage", async (words, sentence) => {
  await open();
  const answer = await typed(...words);
  expect([answer.code, answer.err]).toEqual([2, expect.stringContaining(sentence)]);
});
