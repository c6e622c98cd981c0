// The keys of the tree, as in SSMS and the ARIA tree pattern: where each one leads. Pure.
import type { Row } from "./rows.ts";

export interface TreeKey {
  readonly key: string;
  /** When it was pressed, ms. */
  readonly atMs: number;
  /** With Ctrl, Alt or the Windows key it is another key. */
  readonly isModified: boolean;
}

export interface TreePlace {
  readonly rows: readonly Row[];
  /** Of the row that the key is pressed on. */
  readonly index: number;
  /** Rows that a page passes. */
  readonly page: number;
  /** The letters typed before. */
  readonly typed: Typed;
}

export interface Typed {
  readonly text: string;
  readonly atMs: number;
}

export const nothingTyped: Typed = { text: "", atMs: Number.NEGATIVE_INFINITY };

export type TreeMove =
  | { readonly kind: "to"; readonly index: number; readonly typed?: Typed }
  | { readonly kind: "toggle" }
  | { readonly kind: "openSiblings" }
  /** The key is the tree's, and there is nowhere to go. */
  | { readonly kind: "stay"; readonly typed?: Typed };

/** Letters within this time are one word. */
const wordMs = 1000;

/** Undefined: not a key of the tree. */
export function moveOf(pressed: TreeKey, place: TreePlace): TreeMove | undefined {
  if (pressed.isModified) return undefined;
  const { rows, index, page } = place;
  const row = rows[index];
  if (row === undefined) return undefined;
  const to = (wanted: number): TreeMove => ({
    kind: "to",
    index: Math.min(Math.max(wanted, 0), rows.length - 1),
  });
  switch (pressed.key) {
    case "ArrowDown":
      return to(index + 1);
    case "ArrowUp":
      return to(index - 1);
    case "Home":
      return to(0);
    case "End":
      return to(rows.length - 1);
    case "PageDown":
      return to(index + page);
    case "PageUp":
      return to(index - page);
    case "ArrowRight":
      if (!row.isBranch) return { kind: "stay" };
      return row.isOpen ? to(index + 1) : { kind: "toggle" };
    case "ArrowLeft":
      return row.isOpen ? { kind: "toggle" } : to(parentOf(rows, index) ?? index);
    case "Enter":
      return row.isBranch ? { kind: "toggle" } : { kind: "stay" };
    case "*":
      return { kind: "openSiblings" };
    default:
      return typing(pressed, place);
  }
}

/** Where the row's parent stands. */
function parentOf(rows: readonly Row[], index: number): number | undefined {
  const level = rows[index]?.level ?? 1;
  for (let before = index - 1; before >= 0; before -= 1) {
    if ((rows[before]?.level ?? 0) < level) return before;
  }
  return undefined;
}

/** A space begins no word. */
function typing({ key, atMs }: TreeKey, place: TreePlace): TreeMove | undefined {
  if (key.length !== 1) return undefined;
  const before = atMs - place.typed.atMs <= wordMs ? place.typed.text : "";
  if (key === " " && before === "") return { kind: "stay" };
  const typed = { text: before + key.toLowerCase(), atMs };
  const index = found(typed.text, place);
  return index === undefined ? { kind: "stay", typed } : { kind: "to", index, typed };
}

/** The next row that begins so, round the end; a letter pressed again and again goes from one to the next. */
function found(text: string, { rows, index }: TreePlace): number | undefined {
  const first = text.charAt(0);
  const isOneLetter = text === first.repeat(text.length);
  const from = (start: number, begin: string): number | undefined => {
    for (let step = 0; step < rows.length; step += 1) {
      const at = (start + step) % rows.length;
      if (rows[at]?.node.label.toLowerCase().startsWith(begin) === true) return at;
    }
    return undefined;
  };
  if (text === first) return from(index + 1, first);
  return from(index, text) ?? (isOneLetter ? from(index + 1, first) : undefined);
}
