// Restarts of sides that are no longer part of a link.
import { expect, test } from "vitest";
import { truth } from "../../../practice/world/truth.ts";
import { ask, askAndWait, dropGroup, failover, worldOf } from "./asking.ts";

test.each([
  ["a secondary copy whose groups were dropped stays RESTORING", true, "RESTORING", "READ_ONLY"],
  ["a former primary stays ONLINE and writable", false, "ONLINE", "READ_WRITE"],
])("after a restart %s", async (_name, isFailedOver, databaseState, updateability) => {
  const world = worldOf();
  if (isFailedOver) await askAndWait(world, "box", failover);
  await ask(world, "box", dropGroup("LINK_Adatum"));
  await ask(world, "box", dropGroup("AG_Adatum"));
  world.fault({ kind: "restart", server: "box" });
  world.advance(20_000);
  expect(truth(world.state).box).toMatchObject({ databaseState, updateability });
});
