// Steps of the zoom: each move leads to the step beside, and nothing leads past an end.
import { expect, test } from "vitest";
import { zoomAfter, zoomSteps } from "../../shared/zoom.ts";

test("in and out walk through every step and stay at the ends", () => {
  let percent: number = zoomSteps[0];
  const seen = [percent];
  for (let move = 0; move < zoomSteps.length; move += 1) {
    percent = zoomAfter(percent, "in");
    seen.push(percent);
  }
  expect(seen).toEqual([...zoomSteps, 200]);
  expect(zoomAfter(125, "out")).toBe(110);
  expect(zoomAfter(75, "out")).toBe(75);
});

test("reset leads to the size the page was drawn for, from anywhere", () => {
  expect([75, 133, 200].map((percent) => zoomAfter(percent, "reset"))).toEqual([100, 100, 100]);
});
