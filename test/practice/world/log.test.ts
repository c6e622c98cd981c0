// LSN arithmetic of the log.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { healthy } from "../../../practice/scenarios/healthy.ts";
import {
  blockAt,
  commonBlocks,
  firstBlock,
  kbBetween,
  lsn,
  nextPosition,
} from "../../../practice/world/log.ts";
import { worldOf } from "./asking.ts";

describe("an LSN", () => {
  test("is VLF * 10^15 + block * 10^5 + slot in 25 digits", () => {
    expect(lsn({ virtualLogFile: 37, block: 2408 }, 3)).toBe("0000000037000000240800003");
    expect(lsn({ virtualLogFile: 1, block: 16 })).toBe("0000000001000000001600001");
  });

  test("keeps every digit beyond what a JavaScript number holds", () => {
    const one = { virtualLogFile: 4_294_967, block: 65_000 };
    expect(BigInt(lsn(one, 2)) - BigInt(lsn(one, 1))).toBe(1n);
  });
});

test("the next block always has a higher id, also across virtual log files", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 60 }), { maxLength: 4000 }), (sizes) => {
      let last = firstBlock(0);
      for (const sizeKb of sizes) {
        const next = { ...last, ...nextPosition(last), sizeKb };
        expect(BigInt(lsn(next))).toBeGreaterThan(BigInt(lsn(last, 99)));
        last = next;
      }
    }),
    { numRuns: 20 },
  );
});

test("a full virtual log file is followed by the first block of the next one", () => {
  const last = { ...firstBlock(0), block: 64_999, sizeKb: 60 };
  expect(nextPosition(last)).toEqual({ virtualLogFile: 38, block: 16 });
});

test("KB between two counts of blocks is what those blocks hold, and nothing backwards", () => {
  const { log } = worldOf().state.box.copy;
  expect(kbBetween(log, 1, 11)).toBe(10 * healthy.workload.kbPerCommit);
  expect(kbBetween(log, 11, 1)).toBe(0);
});

test("two logs have their beginning in common, up to the first block that only one of them has", () => {
  const { log } = worldOf().state.box.copy;
  const other = { ...blockAt(log, 5) };
  expect(commonBlocks(log, log)).toBe(log.length);
  expect(commonBlocks(log, log.slice(0, 7))).toBe(7);
  expect(commonBlocks(log, [...log.slice(0, 4), other])).toBe(4);
});
