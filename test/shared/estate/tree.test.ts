// The tree says what SSMS's says, and what could not be read in place of it.
import { describe, expect, test } from "vitest";
import { feedAfter, noEstate } from "../../../renderer/explorer/estate-feed.ts";
import type { Estate, Side } from "../../../shared/estate/estate.ts";
import { treeOf } from "../../../shared/estate/tree.ts";
import type { TreeNode } from "../../../shared/estate/tree-node.ts";
import {
  estateWith,
  feedOf,
  readOf,
  seenSide,
  treeIn,
  withoutSide,
} from "../../renderer/link-estate.ts";
import { adatum } from "../../scenarios/linked-estate.ts";
import { secondLink, twoLinksEstate } from "../../scenarios/two-links-estate.ts";

const both = ["box", "instance"] as const;

/** The root of every server that is connected. */
function serversOf(estate: Estate, sides: readonly Side[]): readonly TreeNode[] {
  return treeIn(feedAfter(noEstate, { ok: true, value: readOf(estate, sides) })).slice(1);
}

/** One line per node: indentation, label, role. */
function lines(nodes: readonly TreeNode[], indent = ""): readonly string[] {
  return nodes.flatMap((node) => [
    `${indent}${node.label}${node.role === undefined ? "" : ` [${node.role}]`}`,
    ...lines(node.children, `${indent}  `),
  ]);
}

function allNodes(nodes: readonly TreeNode[]): readonly TreeNode[] {
  return nodes.flatMap((node) => [node, ...allNodes(node.children)]);
}

describe("a healthy link", () => {
  test("shows availability group and link on SQL Server, and the link alone on the instance", () => {
    expect(lines(serversOf(estateWith(), both))).toEqual([
      "SQLBOX01",
      "  Databases",
      "    AdatumBooks (Synchronizing) [PRIMARY]",
      "  Always On High Availability",
      "    Availability Groups",
      "      AG_AdatumBooks [PRIMARY]",
      "        Availability Replicas",
      "          SQLBOX01 [PRIMARY]",
      "        Availability Databases",
      "          No databases",
      "      DAG_AdatumBooks (Distributed) [PRIMARY]",
      "        Availability Replicas",
      "          AG_AdatumBooks [PRIMARY]",
      "          AG_AdatumBooks_MI [SECONDARY]",
      "        Availability Databases",
      "          A distributed group lists no databases of its own",
      "sqlmi1.0123456789ab.database.windows.net",
      "  Databases",
      "    AdatumBooks (Synchronizing) [SECONDARY]",
      "  Always On High Availability",
      "    Availability Groups",
      "      DAG_AdatumBooks (Distributed) [SECONDARY]",
      "        AG_AdatumBooks_MI [SECONDARY]",
      "        AG_AdatumBooks [notReported]",
    ]);
  });

  test("swaps the roles after the failover and keeps the link on both sides", () => {
    const roles = allNodes(serversOf(estateWith({}, { primary: "instance" }), both))
      .filter((node) => node.link?.linkName === "DAG_AdatumBooks" && node.kind !== "replica")
      .map((node) => [node.side, node.kind, node.role]);
    expect(roles).toEqual([
      ["box", "database", "SECONDARY"],
      ["box", "link", "SECONDARY"],
      ["instance", "database", "PRIMARY"],
      ["instance", "link", "PRIMARY"],
    ]);
  });

  test("beside a second link of the same database, a database names both and is secondary where one of them has made it so", () => {
    const database = (role: "PRIMARY" | "SECONDARY") =>
      allNodes(serversOf(twoLinksEstate(role), ["box"])).find(({ link, kind }) => {
        return kind === "database" && link !== undefined;
      });
    expect(database("PRIMARY")).toMatchObject({
      role: "PRIMARY",
      link: { linkName: adatum.link },
      otherLinks: [{ linkName: secondLink }],
    });
    expect(database("SECONDARY")).toMatchObject({
      role: "SECONDARY",
      link: { linkName: secondLink },
      otherLinks: [{ linkName: adatum.link }],
    });
  });

  test("shows the state of the local group's row where SQL Server has one", () => {
    const { facts } = seenSide(estateWith(), "box");
    const rows = facts.replicaDatabases.kind === "seen" ? facts.replicaDatabases.value : [];
    const localGroup =
      facts.groups.kind === "seen"
        ? facts.groups.value.find((one) => !one.isDistributed)
        : undefined;
    const local = rows.map((row) => ({
      ...row,
      groupId: localGroup?.groupId ?? "",
      synchronizationState: "SYNCHRONIZED",
    }));
    const estate = estateWith({
      box: { replicaDatabases: { kind: "seen", value: [...rows, ...local] } },
    });
    expect(lines(serversOf(estate, ["box"]))).toContain("    AdatumBooks (Synchronized) [PRIMARY]");
  });

  test("leaves out a side that is not connected", () => {
    expect(serversOf(estateWith(), ["instance"]).map((node) => node.side)).toEqual(["instance"]);
  });
});

describe("what could not be read", () => {
  test("a missing right stands in place of what it hides, never as an empty list", () => {
    const estate = estateWith({
      box: { groups: { kind: "notAllowed", permission: "VIEW ANY DEFINITION" } },
    });
    const message = allNodes(serversOf(estate, ["box"])).find((node) => node.kind === "message");
    expect(message).toMatchObject({
      label: "No permission: VIEW ANY DEFINITION",
      isMissingRight: true,
    });
  });

  test("an empty list says that nothing is here", () => {
    const estate = estateWith({ box: { databases: { kind: "seen", value: [] } } });
    expect(lines(serversOf(estate, ["box"]))).toContain("    No databases");
  });

  test("a side that never answered is its address and the problem", () => {
    const [server] = serversOf(withoutSide(estateWith(), "box"), ["box"]);
    expect(server).toMatchObject({
      label: "sqlbox01.adatum.example,1433",
      note: "(not connected)",
      isBad: true,
      children: [
        { label: "SQLBOX01 refused the connection on port 1433. Since 20:00:05 UTC.", isBad: true },
      ],
    });
  });

  test("a side that answered before keeps its nodes with the time they are of", () => {
    const before = estateWith();
    const reading = withoutSide(before, "box").box;
    const lastSeen = seenSide(before, "box");
    const silentSince = "2026-11-21T20:00:02.000Z";
    const [, server] = treeOf([{ connectionId: "box-1", reading, lastSeen, silentSince }], []);
    expect(server?.label).toBe("SQLBOX01");
    expect(server?.children.map(({ label, note }) => [label, note])).toEqual([
      ["SQLBOX01 refused the connection on port 1433. Since 20:00:02 UTC.", undefined],
      ["Databases", "as of 20:00:00 UTC"],
      ["Always On High Availability", "as of 20:00:00 UTC"],
    ]);
  });

  test("a node that is not primary of the local group tells no role and names the one that does", () => {
    const { facts } = seenSide(estateWith(), "box");
    const groups = facts.groups.kind === "seen" ? facts.groups.value : [];
    const elsewhere = groups.map((group) =>
      group.isDistributed
        ? group
        : {
            ...group,
            primaryReplica: "SQLBOX02",
            replicas: group.replicas.map((one) => ({ ...one, role: "SECONDARY" as const })),
          },
    );
    const estate = estateWith({ box: { groups: { kind: "seen", value: elsewhere } } });
    const link = allNodes(serversOf(estate, ["box"])).find((node) => node.kind === "link");
    expect(link?.role).toBe("unknown");
    expect(lines(link?.children ?? [])).toEqual([
      "Roles are told by SQLBOX02 only: connect to it",
      "Availability Replicas",
      "  AG_AdatumBooks [unknown]",
      "  AG_AdatumBooks_MI [unknown]",
      "Availability Databases",
      "  A distributed group lists no databases of its own",
    ]);
  });
});

test("both primaries of a split brain are marked, and only they", () => {
  const estate: Estate = {
    box: estateWith().box,
    instance: estateWith({}, { primary: "instance" }).instance,
  };
  const later = "2026-11-21T20:00:06.000Z";
  const again: Estate = {
    box: { ...estate.box, at: later },
    instance: { ...estate.instance, at: later },
  };
  const [links, ...servers] = treeIn(feedOf(estate, again));
  const marked = allNodes(servers)
    .filter((node) => node.isSecondPrimary === true)
    .map((node) => `${node.side ?? ""} ${node.kind}`);
  expect(marked).toEqual(["box database", "box link", "instance database", "instance link"]);
  expect(links?.children).toMatchObject([
    {
      label: "DAG_AdatumBooks: SQLBOX01 and sqlmi1",
      state: "Split brain",
      isBad: true,
      isSecondPrimary: true,
    },
  ]);
});

describe("Links", () => {
  const linksOf = (...estates: readonly Estate[]) => treeIn(feedOf(...estates))[0];
  const words = (...estates: readonly Estate[]) =>
    linksOf(...estates)?.children.map(({ label, state, side }) => [label, state, side]);

  test("has each link once, as its log flows, with its state, and starts Failover… at the primary", () => {
    expect(linksOf(estateWith())).toMatchObject({ label: "Links", opensByDefault: true });
    expect(words(estateWith())).toEqual([["DAG_AdatumBooks: SQLBOX01 → sqlmi1", "Healthy", "box"]]);
    expect(words(estateWith({}, { primary: "instance" }))).toEqual([
      ["DAG_AdatumBooks: sqlmi1 → SQLBOX01", "Healthy", "instance"],
    ]);
  });

  test("names a partner that is not connected as the other side does, and does not call that bad", () => {
    const [, second] = linksOf(twoLinksEstate())?.children ?? [];
    expect(second).toMatchObject({
      label: `${secondLink}: SQLBOX01 → sqlmi2`,
      state: "sqlmi2 is not connected",
      link: { linkName: secondLink, pair: { box: "box-1", instance: null } },
    });
    expect(second?.isBad).toBeUndefined();
  });

  test("keeps the row of a server that does not answer any more, and starts at the other one", () => {
    expect(words(estateWith(), withoutSide(estateWith(), "box"))).toEqual([
      ["DAG_AdatumBooks: SQLBOX01 → sqlmi1", "SQLBOX01 does not answer", "instance"],
    ]);
    const nobody = withoutSide(withoutSide(estateWith(), "box"), "instance");
    expect(words(estateWith(), nobody)?.[0]?.[1]).toBe("No server answers");
    expect(linksOf(estateWith(), nobody)?.children[0]).toMatchObject({ isBad: true });
  });

  test("says that nothing is here only where every server has told it", () => {
    const none = { groups: { kind: "seen", value: [] } } as const;
    const hidden = { groups: { kind: "notAllowed", permission: "VIEW ANY DEFINITION" } } as const;
    expect(words(estateWith({ box: none, instance: none }))?.[0]?.[0]).toBe("No links");
    expect(words(estateWith({ box: none, instance: hidden }))?.[0]?.[0]).toBe(
      "No links on the servers that could be asked",
    );
  });

  test("is not there while no server is connected", () => {
    expect(treeOf([], [])).toEqual([]);
  });
});

const hostileNames = [
  "a]b",
  "it's",
  'say "hi"',
  "two words",
  "😀",
  "$(x)",
  "line\nbreak",
  "‮turned",
  "\ud800 half",
  "slash/path_5f_",
  "x".repeat(128),
];

test.each(hostileNames)("a database called %j has a plain id, and a label on one line", (name) => {
  const nodes = allNodes(
    serversOf(estateWith({}, { ...adatum, database: name, link: name }), both),
  );
  for (const { id, label } of nodes) {
    expect(id).toMatch(/^[A-Za-z0-9_/-]+$/u);
    // eslint-disable-next-line no-control-regex -- the characters that must not come through
    expect(label).not.toMatch(/[\u0000-\u001f\u202a-\u202e]/u);
  }
  expect(nodes.filter((node) => node.link?.linkName === name).length).toBeGreaterThan(0);
});

test("every node has an id of its own, also where names differ only in what ids cannot hold", () => {
  const names = [...hostileNames, "a_b", "a/b", "a b", "message"];
  const { facts } = seenSide(estateWith(), "box");
  const database = facts.databases.kind === "seen" ? facts.databases.value[0] : undefined;
  if (database === undefined) throw new Error("The estate has no database.");
  const value = names.map((name, index) => ({ ...database, databaseId: index + 5, name }));
  const nodes = allNodes(
    serversOf(estateWith({ box: { databases: { kind: "seen", value } } }), both),
  );
  expect(new Set(nodes.map((node) => node.id)).size).toBe(nodes.length);
});
