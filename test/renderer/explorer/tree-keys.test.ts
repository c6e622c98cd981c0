// The keys of the tree over rows as they are shown, a handful and thousands.
import { describe, expect, test } from "vitest";
import type { Row } from "../../../renderer/explorer/rows.ts";
import { rowsOf } from "../../../renderer/explorer/rows.ts";
import { moveOf, nothingTyped } from "../../../renderer/explorer/tree-keys.ts";
import type { TreeMove, Typed } from "../../../renderer/explorer/tree-keys.ts";
import type { TreeNode } from "../../../shared/estate/tree-node.ts";

const node = (label: string, children: readonly TreeNode[] = []): TreeNode => ({
  id: label,
  kind: "folder",
  label,
  opensByDefault: true,
  children,
});

const rows = rowsOf(
  [
    node("Links"),
    node("SQLBOX01", [node("Databases", [node("Sales"), node("sales archive"), node("Stock")])]),
    node("sqlmi1"),
  ],
  new Set(["none"]),
);
const at = (label: string) => rows.findIndex((row) => row.node.label === label);

function press(key: string, from: string, typed: Typed = nothingTyped, atMs = 0) {
  const pressed = { key, atMs, isModified: false };
  return moveOf(pressed, { rows, index: at(from), page: 3, typed });
}

const labelOf = (move: TreeMove | undefined, among: readonly Row[] = rows) =>
  move?.kind === "to" ? among[move.index]?.node.label : move?.kind;

describe("arrows and pages", () => {
  test.each([
    ["ArrowDown", "Links", "SQLBOX01"],
    ["ArrowDown", "sqlmi1", "sqlmi1"],
    ["ArrowUp", "Sales", "Databases"],
    ["ArrowUp", "Links", "Links"],
    ["Home", "Stock", "Links"],
    ["End", "Links", "sqlmi1"],
    ["PageDown", "Links", "Sales"],
    ["PageDown", "Stock", "sqlmi1"],
    ["PageUp", "Stock", "Databases"],
    ["PageUp", "SQLBOX01", "Links"],
    ["ArrowRight", "SQLBOX01", "Databases"],
    ["ArrowRight", "Sales", "stay"],
    ["ArrowLeft", "Stock", "Databases"],
    ["ArrowLeft", "SQLBOX01", "toggle"],
    ["ArrowLeft", "sqlmi1", "sqlmi1"],
    ["Enter", "SQLBOX01", "toggle"],
    ["Enter", "Sales", "stay"],
    ["*", "Sales", "openSiblings"],
  ])("%s on %s leads to %s", (key, from, expected) => {
    expect(labelOf(press(key, from))).toBe(expected);
  });

  test("Right on a closed branch opens it", () => {
    const closed = rowsOf([node("SQLBOX01", [node("Databases")])], new Set(["SQLBOX01"]));
    const pressed = { key: "ArrowRight", atMs: 0, isModified: false };
    expect(moveOf(pressed, { rows: closed, index: 0, page: 3, typed: nothingTyped })).toEqual({
      kind: "toggle",
    });
  });

  test("keys with Ctrl or Alt, Tab and the function keys are not the tree's", () => {
    const place = { rows, index: 0, page: 3, typed: nothingTyped };
    expect(moveOf({ key: "a", atMs: 0, isModified: true }, place)).toBeUndefined();
    for (const key of ["Tab", "F5", "Escape", "Shift"]) expect(press(key, "Links")).toBeUndefined();
  });
});

describe("letters", () => {
  test("one letter goes to the next row that begins with it, and round the end", () => {
    expect(labelOf(press("s", "Links"))).toBe("SQLBOX01");
    expect(labelOf(press("S", "Stock"))).toBe("sqlmi1");
    expect(labelOf(press("s", "sqlmi1"))).toBe("SQLBOX01");
  });

  test("the same letter again goes on from one to the next", () => {
    const once = press("s", "Links", nothingTyped, 10);
    if (once?.kind !== "to") throw new Error("no row");
    expect(labelOf(press("s", "SQLBOX01", once.typed, 200))).toBe("Sales");
  });

  test("letters within a second are one word, which the row itself may already begin with", () => {
    const typed = { text: "s", atMs: 0 };
    expect(labelOf(press("t", "SQLBOX01", typed, 900))).toBe("Stock");
    expect(labelOf(press("q", "SQLBOX01", typed, 900))).toBe("SQLBOX01");
  });

  test("after a second a new word begins", () => {
    expect(labelOf(press("l", "Sales", { text: "s", atMs: 0 }, 1001))).toBe("Links");
  });

  test("a space belongs to a word, and begins none", () => {
    expect(labelOf(press(" ", "Sales", { text: "sales", atMs: 0 }, 100))).toBe("sales archive");
    expect(press(" ", "Sales")).toEqual({ kind: "stay" });
  });

  test("letters that no row begins with stay, and are kept", () => {
    expect(press("x", "Sales", { text: "s", atMs: 0 }, 100)).toEqual({
      kind: "stay",
      typed: { text: "sx", atMs: 100 },
    });
  });
});
