// The tree says what SSMS's says, and what could not be read in place of it.
import { describe, expect, test } from "vitest";
import type { Estate } from "../../../shared/estate/estate.ts";
import { treeOf } from "../../../shared/estate/tree.ts";
import type { TreeNode } from "../../../shared/estate/tree-node.ts";
import { estateWith, seenSide, withoutSide } from "../../renderer/link-estate.ts";
import { adatum } from "../../scenarios/linked-estate.ts";
import { secondLink, twoLinksEstate } from "../../scenarios/two-links-estate.ts";

const both = ["box", "instance"] as const;

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
    expect(lines(treeOf(estateWith(), both))).toEqual([
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
    const roles = allNodes(treeOf(estateWith({}, { primary: "instance" }), both))
      .filter((node) => node.linkName === "DAG_AdatumBooks" && node.kind !== "replica")
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
      allNodes(treeOf(twoLinksEstate(role), ["box"])).find(({ linkName, kind }) => {
        return kind === "database" && linkName !== undefined;
      });
    expect(database("PRIMARY")).toMatchObject({
      role: "PRIMARY",
      linkName: adatum.link,
      otherLinks: [secondLink],
    });
    expect(database("SECONDARY")).toMatchObject({
      role: "SECONDARY",
      linkName: secondLink,
      otherLinks: [adatum.link],
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
    expect(lines(treeOf(estate, ["box"]))).toContain("    AdatumBooks (Synchronized) [PRIMARY]");
  });

  test("leaves out a side that is not connected", () => {
    expect(treeOf(estateWith(), ["instance"]).map((node) => node.side)).toEqual(["instance"]);
  });
});

describe("what could not be read", () => {
  test("a missing right stands in place of what it hides, never as an empty list", () => {
    const estate = estateWith({
      box: { groups: { kind: "notAllowed", permission: "VIEW ANY DEFINITION" } },
    });
    const message = allNodes(treeOf(estate, ["box"])).find((node) => node.kind === "message");
    expect(message).toMatchObject({
      label: "No permission: VIEW ANY DEFINITION",
      isMissingRight: true,
    });
  });

  test("an empty list says that nothing is here", () => {
    const estate = estateWith({ box: { databases: { kind: "seen", value: [] } } });
    expect(lines(treeOf(estate, ["box"]))).toContain("    No databases");
  });

  test("a side that never answered is its address and the problem", () => {
    const [server] = treeOf(withoutSide(estateWith(), "box"), ["box"]);
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
    const lastSeen = { box: seenSide(before, "box") };
    const [server] = treeOf(withoutSide(before, "box"), ["box"], {
      lastSeen,
      silentSince: { box: "2026-11-21T20:00:02.000Z" },
    });
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
    const link = allNodes(treeOf(estate, ["box"])).find((node) => node.kind === "link");
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
  const marked = allNodes(treeOf(estate, both, { splitBrain: ["DAG_AdatumBooks"] }))
    .filter((node) => node.isSecondPrimary === true)
    .map((node) => `${node.side} ${node.kind}`);
  expect(marked).toEqual(["box database", "box link", "instance database", "instance link"]);
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
  const nodes = allNodes(treeOf(estateWith({}, { ...adatum, database: name, link: name }), both));
  for (const { id, label } of nodes) {
    expect(id).toMatch(/^[A-Za-z0-9_/-]+$/u);
    // eslint-disable-next-line no-control-regex -- the characters that must not come through
    expect(label).not.toMatch(/[\u0000-\u001f\u202a-\u202e]/u);
  }
  expect(nodes.filter((node) => node.linkName === name).length).toBeGreaterThan(0);
});

test("every node has an id of its own, also where names differ only in what ids cannot hold", () => {
  const names = [...hostileNames, "a_b", "a/b", "a b", "message"];
  const { facts } = seenSide(estateWith(), "box");
  const database = facts.databases.kind === "seen" ? facts.databases.value[0] : undefined;
  if (database === undefined) throw new Error("The estate has no database.");
  const value = names.map((name, index) => ({ ...database, databaseId: index + 5, name }));
  const nodes = allNodes(treeOf(estateWith({ box: { databases: { kind: "seen", value } } }), both));
  expect(new Set(nodes.map((node) => node.id)).size).toBe(nodes.length);
});
