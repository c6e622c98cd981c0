import { expect, test } from "vitest";
import { createRepairToDos } from "../../../electron/services/repair-to-dos.ts";
import { repairInput } from "../../shared/repair/samples.ts";

test("journals that cannot be read do not rule out that a failover was forced", () => {
  const toDos = createRepairToDos({
    dataFolder: () => {
      throw new Error("There is no data folder.");
    },
    isRunning: () => false,
  });
  expect(toDos.wasForced(repairInput().link)).toBe(true);
  expect(toDos.list()).toEqual([]);
});
