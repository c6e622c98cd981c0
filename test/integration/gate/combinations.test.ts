import { expect, test } from "vitest";
import { pasts, pastValues, showns, shownValues } from "./combinations.ts";

test("every combination of the estate's settings is walked, each once", () => {
  const lengths = [...Object.values(pastValues), ...Object.values(shownValues)].map(
    (values) => values.length,
  );
  const all = pasts.flatMap((past) => showns.map((shown) => JSON.stringify({ ...past, ...shown })));
  const product = lengths.reduce((so, length) => so * length, 1);
  expect([all.length, new Set(all).size, product]).toEqual([864, 864, 864]);
});
