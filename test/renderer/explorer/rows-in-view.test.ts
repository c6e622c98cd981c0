// Of thousands of rows a screenful is drawn, and the selected one wherever it is.
import { expect, test } from "vitest";
import {
  rowHeight,
  rowsInView,
  rowsOfPage,
  topToSee,
} from "../../../renderer/explorer/rows-in-view.ts";

const count = 5000;
const height = 20 * rowHeight;

test("a screenful is drawn, and ten rows beyond either edge", () => {
  const drawn = rowsInView(count, { top: 1000 * rowHeight, height }, undefined);
  expect([drawn[0], drawn.at(-1), drawn.length]).toEqual([990, 1029, 40]);
});

test("at either end nothing is drawn that is not there", () => {
  expect(rowsInView(count, { top: 0, height }, undefined)[0]).toBe(0);
  expect(rowsInView(count, { top: count * rowHeight - height, height }, undefined).at(-1)).toBe(
    count - 1,
  );
  expect(rowsInView(3, { top: 900 * rowHeight, height }, 1)).toEqual([0, 1, 2]);
  expect(rowsInView(0, { top: 0, height }, -1)).toEqual([]);
});

test("the row that may hold the focus is drawn out of view too, in its place and once", () => {
  const viewport = { top: 1000 * rowHeight, height };
  expect(rowsInView(count, viewport, 7).slice(0, 2)).toEqual([7, 990]);
  expect(rowsInView(count, viewport, 4000).slice(-2)).toEqual([1029, 4000]);
  expect(rowsInView(count, viewport, 1000)).toHaveLength(40);
});

test("the list is scrolled no further than the row needs to be wholly seen", () => {
  const viewport = { top: 100 * rowHeight, height };
  expect(topToSee(105, viewport)).toBe(viewport.top);
  expect(topToSee(99, viewport)).toBe(99 * rowHeight);
  expect(topToSee(120, viewport)).toBe(101 * rowHeight);
  expect(rowsOfPage(viewport)).toBe(19);
});
