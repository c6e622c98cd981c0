import { describe, expect, test } from "vitest";
import type { Replica, Role } from "../../../shared/estate/estate.ts";
import {
  boxGroups,
  groupIds,
  instanceGroups,
  names,
  replicaDatabase,
  seen,
  unreachable,
} from "../estate/sample-estate.ts";
import { findings, say } from "./sample-input.ts";

const { box, instance } = names;
const boxWith = (changes: Parameters<typeof boxGroups>[0]) => ({
  groups: seen(boxGroups(changes)),
});
const instanceWith = (own: Partial<Replica>) => ({ groups: seen(instanceGroups({ own })) });

describe("roles", () => {
  const roles = (boxRole: Role, instanceRole: Role, to: "box" | "instance" = "instance") =>
    say("roles", {
      box: boxWith({ own: { role: boxRole } }),
      instance: instanceWith({ role: instanceRole }),
      choices: { to },
    });

  test("one PRIMARY, on the side the plan starts from, pass", () => {
    expect(roles("PRIMARY", "SECONDARY")).toEqual([
      `passed both: ${box} is PRIMARY and ${instance} is SECONDARY.`,
    ]);
    expect(roles("SECONDARY", "PRIMARY", "box")).toEqual([
      `passed both: ${instance} is PRIMARY and ${box} is SECONDARY.`,
    ]);
  });

  test.each([
    ["PRIMARY", "PRIMARY", `failed both: ${box} and ${instance} both say PRIMARY, seen once.`],
    [
      "SECONDARY",
      "SECONDARY",
      `failed both: Neither ${box} nor ${instance} is PRIMARY: this link has no primary.`,
    ],
    [
      "SECONDARY",
      "PRIMARY",
      `failed both: ${instance} is PRIMARY already and ${box} is SECONDARY.`,
    ],
    [
      "RESOLVING",
      "SECONDARY",
      `failed both: ${box} is RESOLVING and ${instance} is SECONDARY: a role is changing.`,
    ],
  ] as const)("%s and %s fail", (boxRole, instanceRole, sentence) => {
    expect(roles(boxRole, instanceRole)).toEqual([sentence]);
  });

  test("a role that is not told is unknown and blocks", () => {
    const [finding] = findings("roles", { box: boxWith({ local: { role: "SECONDARY" } }) });
    expect([finding?.level, finding?.blocks]).toEqual(["unknown", true]);
    expect(finding?.summary).toBe(`${box} does not tell its role in this link.`);
  });

  test("a side without the link is unknown and blocks", () => {
    expect(say("roles", { instance: { groups: seen([]) } })).toContain(
      `unknown instance: ${instance} has no link ${names.link}.`,
    );
  });
});

describe("same pair", () => {
  const pair = (endpointUrl: string | null) =>
    say("samePair", { box: boxWith({ remote: { endpointUrl } }) });

  test.each([
    `tcp://${instance}:5022;Server=[sqlmi1]`,
    `TCP://${instance.toUpperCase()}:5022`,
    "tcp://10.1.2.3:5022;Server=[SQLMI1]",
    `tcp://${instance}:5022;Server=[sqlmi1];Database=[Adatum]`,
  ])("%s names the connected instance", (url) => {
    expect(pair(url)).toEqual([`passed box: The link on ${box} replicates with ${instance}.`]);
  });

  test.each([
    "tcp://sqlmi2.a0b1c2.database.windows.net:5022;Server=[sqlmi2]",
    "tcp://10.1.2.3:5022",
  ])("%s names another one and fails", (url) => {
    const host = url.slice("tcp://".length).split(":")[0] ?? "";
    expect(pair(url)).toEqual([
      `failed box: The link on ${box} replicates with ${host}, not with ${instance}.`,
    ]);
  });

  test.each([null, "", "nonsense"])("%j is unknown and blocks", (url) => {
    const [finding] = findings("samePair", { box: boxWith({ remote: { endpointUrl: url } }) });
    expect([finding?.level, finding?.blocks]).toEqual(["unknown", true]);
  });

  test("an instance that does not answer is unknown and blocks", () => {
    const [finding] = findings("samePair", { estate: { instance: unreachable("instance") } });
    expect([finding?.level, finding?.blocks]).toEqual(["unknown", true]);
  });
});

describe("local node", () => {
  test("the primary node of the local group passes", () => {
    expect(say("localNode")).toEqual([`passed box: ${box} is the primary node of AG_Adatum.`]);
  });

  test("another node fails and says where to connect", () => {
    const [finding] = findings("localNode", { box: boxWith({ local: { role: "SECONDARY" } }) });
    expect([finding?.level, finding?.remedy]).toEqual(["failed", `Connect to ${box}.`]);
  });

  test("a local group that cannot be seen is unknown and blocks", () => {
    const groups = seen(boxGroups().filter((one) => one.isDistributed));
    const [finding] = findings("localNode", { box: { groups } });
    expect([finding?.level, finding?.blocks]).toEqual(["unknown", true]);
  });
});

describe("health", () => {
  test.each([
    ["HEALTHY", "passed"],
    ["PARTIALLY_HEALTHY", "warning"],
    ["NOT_HEALTHY", "failed"],
    [null, "unknown"],
  ] as const)("%s: %s", (synchronizationHealth, level) => {
    const changes = { instance: instanceWith({ synchronizationHealth }) };
    expect(findings("health", changes).map((finding) => finding.level)).toEqual(["passed", level]);
  });
});

describe("connection", () => {
  test.each([
    ["CONNECTED", "passed"],
    ["DISCONNECTED", "failed"],
  ] as const)("%s on the primary's remote row: %s", (connectedState, level) => {
    const changes = { box: boxWith({ remote: { connectedState } }) };
    expect(findings("connection", changes)[0]?.level).toBe(level);
  });

  test("the last error is quoted with its number", () => {
    const remote = {
      connectedState: "DISCONNECTED",
      lastConnectErrorNumber: 10_060,
      lastConnectErrorDescription: "no answer",
    } as const;
    expect(findings("connection", { box: boxWith({ remote }) })[0]?.summary).toBe(
      `${box} is not connected to its partner. Its last error was 10060: no answer`,
    );
  });

  test("a state that nobody tells is unknown and blocks", () => {
    const changes = { instance: instanceWith({ connectedState: null }) };
    const finding = findings("connection", changes)[1];
    expect([finding?.level, finding?.blocks]).toEqual(["unknown", true]);
  });
});

describe("suspension", () => {
  test("movement that is not suspended passes on both sides", () => {
    expect(findings("suspension").map((finding) => finding.level)).toEqual(["passed", "passed"]);
  });

  test("suspended movement fails with database, server and reason", () => {
    const replicaDatabases = seen([
      replicaDatabase({ isSuspended: true, suspendReason: "SUSPEND_FROM_USER" }),
    ]);
    expect(say("suspension", { instance: { replicaDatabases } })[1]).toBe(
      `failed instance: Data movement of Adatum is suspended on ${instance} (SUSPEND_FROM_USER).`,
    );
  });

  test("a suspended replica inside the local group is not the link's", () => {
    const local = replicaDatabase({ groupId: groupIds.box, isLocal: false, isSuspended: true });
    const replicaDatabases = seen([replicaDatabase(), local]);
    expect(findings("suspension", { box: { replicaDatabases } })[0]?.level).toBe("passed");
  });

  test.each([[[replicaDatabase({ isSuspended: null })]], [[]]])(
    "rows that do not say are unknown and block",
    (rows) => {
      const finding = findings("suspension", { instance: { replicaDatabases: seen(rows) } })[1];
      expect([finding?.level, finding?.blocks]).toEqual(["unknown", true]);
    },
  );
});
