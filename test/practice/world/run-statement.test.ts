// Statements the engine does not know.
import { expect, test } from "vitest";
import { ask, worldOf } from "./asking.ts";

test("an unknown procedure is refused with 2812 and an unknown session with 6106", async () => {
  const world = worldOf();
  const procedure = { kind: "procedure", name: "dbo.nothing", arguments: new Map() } as const;
  expect(await ask(world, "box", procedure)).toMatchObject({ error: 2812 });
  expect(
    await ask(world, "box", { kind: "kill", sessionId: 9999, statusOnly: false }),
  ).toMatchObject({ error: 6106 });
});
