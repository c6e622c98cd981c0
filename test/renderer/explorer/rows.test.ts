// Rows are what the tree shows: position, level and set size of every node that can be seen.
import { describe, expect, test } from "vitest";
import { rowsOf } from "../../../renderer/explorer/rows.ts";
import {
  explorerAfter,
  failoverLinks,
  hasLinkMenu,
  initialExplorer,
  selectedLink,
  selectedRow,
} from "../../../renderer/explorer/explorer-state.ts";
import type { ExplorerState } from "../../../renderer/explorer/explorer-state.ts";
import { isMenuKey, rowMenu } from "../../../renderer/explorer/row-commands.ts";
import { failoverWindow } from "../../../renderer/app-state.ts";
import { secondLink, twoLinksEstate } from "../../scenarios/two-links-estate.ts";
import { adatumLink, bothServers, estateWith, feedOf, treeIn } from "../link-estate.ts";

const tree = treeIn(feedOf(estateWith()));
const rowsIn = (state: ExplorerState) => rowsOf(tree, state.toggled);
const rows = rowsIn(initialExplorer);
const find = (label: string, side = "box") => {
  const row = rows.find(({ node }) => node.label === label && node.side === side);
  if (row === undefined) throw new Error(`There is no row ${label}.`);
  return row;
};

test("rows of the first level carry their position in the set of Links and servers", () => {
  const roots = rows.filter((row) => row.level === 1);
  expect(roots.map(({ position, setSize, parentId }) => [position, setSize, parentId])).toEqual([
    [1, 3, undefined],
    [2, 3, undefined],
    [3, 3, undefined],
  ]);
});

test("a row's level is one more than its parent's, and its parent stands before it", () => {
  for (const [index, row] of rows.entries()) {
    const parent = rows.findIndex(({ node }) => node.id === row.parentId);
    expect(parent).toBeLessThan(index);
    expect(row.level).toBe((rows[parent]?.level ?? 0) + 1);
  }
});

describe("opening and closing", () => {
  test("a closed node hides everything below it and stays closed in the next reading", () => {
    const closed = explorerAfter(initialExplorer, {
      kind: "toggled",
      id: find("SQLBOX01").node.id,
    });
    const [, box] = treeIn(feedOf(estateWith({}, { primary: "instance" })));
    const again = rowsOf(box === undefined ? [] : [box], closed.toggled);
    expect(again.map(({ node, isOpen }) => [node.label, isOpen])).toEqual([["SQLBOX01", false]]);
  });

  test("toggling twice changes nothing", () => {
    const id = find("SQLBOX01").node.id;
    const twice = explorerAfter(explorerAfter(initialExplorer, { kind: "toggled", id }), {
      kind: "toggled",
      id,
    });
    expect(rowsIn(twice)).toEqual(rows);
  });

  test("* opens the row and its siblings, and closes none that are open", () => {
    const row = find("AG_AdatumBooks");
    const after = explorerAfter(initialExplorer, { kind: "openedSiblings", row, rows });
    const siblings = rowsIn(after).filter((one) => one.parentId === row.parentId);
    expect(siblings.map(({ isOpen }) => isOpen)).toEqual([true, true]);
  });
});

describe("the selection", () => {
  test("is the first row before anything is selected", () => {
    expect(selectedRow(rows, initialExplorer)).toBe(rows[0]);
  });

  test("falls back to the nearest ancestor that is shown when its row is gone", () => {
    const replica = find("AG_AdatumBooks_MI");
    const link = find("DAG_AdatumBooks (Distributed)");
    const selected = explorerAfter(initialExplorer, { kind: "selected", id: replica.node.id });
    const closed = explorerAfter(selected, { kind: "toggled", id: link.node.id });
    expect(selectedRow(rowsIn(closed), closed)?.node.id).toBe(link.node.id);
  });

  test("does not take a neighbour whose id only begins alike", () => {
    const state = { ...initialExplorer, selectedId: "box/Databases/Adatum2" };
    const [first] = rows;
    if (first === undefined) throw new Error("There are no rows.");
    const row = (id: string) => ({ ...first, node: { ...first.node, id } });
    const found = selectedRow([row("box"), row("box/Databases/Adatum")], state);
    expect(found?.node.id).toBe("box");
  });

  test("starts the wizard from the side it stands on", () => {
    const row = find("DAG_AdatumBooks (Distributed)", "instance");
    expect(selectedLink(row)).toEqual({ link: adatumLink, startedFrom: "instance" });
    expect(selectedLink(find("Databases"))).toBeUndefined();
  });
});

describe("Failover… of a database with two links", () => {
  const [, boxOfTwo] = treeIn(feedOf(twoLinksEstate()));
  const rowsOfTwo = rowsOf(boxOfTwo === undefined ? [] : [boxOfTwo], initialExplorer.toggled);
  const second = { linkName: secondLink, pair: { ...bothServers, instance: null } };
  const opens = (kind: "database" | "link") =>
    rowsOfTwo
      .filter(({ node }) => node.kind === kind)
      .map((row) => failoverLinks(row))
      .map((target) => target && failoverWindow(target.links, target.startedFrom));

  test("asks which from the database, and starts the link's own from its node", () => {
    const links = [adatumLink, second];
    expect(opens("database")).toEqual([{ kind: "chooseLink", links, startedFrom: "box" }]);
    expect(opens("link")).toEqual(
      links.map((link) => ({ kind: "wizard", link, startedFrom: "box" })),
    );
  });

  test("asks nothing where there is one", () => {
    const target = failoverLinks(find("AdatumBooks (Synchronizing)"));
    expect(target).toEqual({ links: [adatumLink], startedFrom: "box" });
    expect(failoverLinks(find("Databases"))).toBeUndefined();
    expect(failoverWindow([], "box")).toBeUndefined();
  });
});

describe("the context menu", () => {
  test("has Failover… on the link and on its database, and nowhere else", () => {
    const withMenu = rows.filter(hasLinkMenu).map(({ node }) => `${node.side ?? ""} ${node.kind}`);
    expect(withMenu).toEqual([
      // Below Links.
      "box link",
      "box database",
      "box link",
      "instance database",
      "instance link",
    ]);
  });

  test("has Repair… on a link and its database while the link is broken, and nowhere else", () => {
    const withRepair = rows.filter((row) => rowMenu(row, ["repair"]).includes("repair"));
    expect(withRepair).toEqual(rows.filter(hasLinkMenu));
  });

  test("disconnects on a server only", () => {
    expect(rowMenu(find("SQLBOX01"), [])).toEqual(["cleanUp", "refresh", "copy", "disconnect"]);
    expect(rowMenu(find("DAG_AdatumBooks (Distributed)"), [])).toEqual([
      "failover",
      "readiness",
      "refresh",
      "copy",
    ]);
  });

  test.each([
    ["ContextMenu", false, true],
    ["F10", true, true],
    ["F10", false, false],
    ["F", true, false],
  ])("key %s with shift %s opens it: %s", (key, shiftKey, opens) => {
    expect(isMenuKey({ key, shiftKey })).toBe(opens);
  });
});
