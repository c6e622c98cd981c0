import fc from "fast-check";
import { expect, test } from "vitest";
import { defaultGateSettings } from "../../../shared/choices/choices.ts";
import { gateAfter } from "../../../shared/gate/gate.ts";
import type { GateState } from "../../../shared/gate/gate.ts";
import { database, openedAt, question, reading, watch } from "./sample-reading.ts";

/** LSNs as they come: NULL, zero, small, and 25 digits that no JavaScript number holds. */
const lsn = fc.oneof(
  fc.constantFrom(null, "0"),
  fc.bigInt({ min: 1n, max: 10n ** 25n - 1n }).map(String),
);
const queue = fc.constantFrom(null, 0, 4);
const longLsn = fc.bigInt({ min: 10n ** 24n, max: 10n ** 25n - 2n });
const tick = fc.boolean();

test("one commit short it stays shut, whatever the queues say, with and without the tick", () => {
  fc.assert(
    fc.property(
      longLsn,
      longLsn,
      fc.record({ send: queue, redo: fc.constantFrom(4, 64) }),
      tick,
      (commit, end, queues, acceptUnproved) => {
        const databases = [
          database({
            primary: { lastCommitLsn: String(commit + 1n), endOfLogLsn: String(end + 1n) },
            secondary: { lastCommitLsn: String(commit), endOfLogLsn: String(end) },
            remote: { logSendQueueKb: queues.send, redoQueueKb: queues.redo },
          }),
        ];
        expect(openedAt(watch(130, () => ({ databases }), { acceptUnproved }))).toBeUndefined();
      },
    ),
    { numRuns: 40 },
  );
});

test("one commit and one block short it stays shut without the tick, whatever else the rows say", () => {
  fc.assert(
    fc.property(longLsn, longLsn, lsn, lsn, (commit, end, primaryHardened, secondaryHardened) => {
      const databases = [
        database({
          primary: {
            lastCommitLsn: String(commit + 1n),
            endOfLogLsn: String(end + 1n),
            lastHardenedLsn: primaryHardened,
          },
          secondary: {
            lastCommitLsn: String(commit),
            endOfLogLsn: String(end),
            lastHardenedLsn: secondaryHardened,
          },
        }),
      ];
      expect(openedAt(watch(130, () => ({ databases })))).toBeUndefined();
    }),
    { numRuns: 40 },
  );
});

test("it never opens on positions that nobody knows", () => {
  const notKnown = fc.constantFrom(null, "0");
  fc.assert(
    fc.property(notKnown, notKnown, notKnown, notKnown, (a, b, c, d) => {
      const databases = [
        database({
          primary: { lastCommitLsn: a, endOfLogLsn: b },
          secondary: { lastCommitLsn: c, endOfLogLsn: d },
        }),
      ];
      expect(openedAt(watch(130, () => ({ databases })))).toBeUndefined();
    }),
  );
});

test("with the same values again and again it opens once and stays open", () => {
  const side = fc.record({ lastCommitLsn: lsn, endOfLogLsn: lsn });
  fc.assert(
    fc.property(side, side, tick, (primary, secondary, acceptUnproved) => {
      const databases = [database({ primary, secondary })];
      const kinds = watch(130, () => ({ databases }), { acceptUnproved }).map(
        (state) => state.verdict.kind,
      );
      const first = kinds.indexOf("open");
      expect(first === -1 ? [] : kinds.slice(first).filter((kind) => kind !== "open")).toEqual([]);
    }),
    { numRuns: 60 },
  );
});

test("by equal commits it opens exactly when the secondary's is known and not below the primary's", () => {
  fc.assert(
    fc.property(lsn, lsn, (needed, reached) => {
      const databases = [
        database({
          primary: { lastCommitLsn: needed, endOfLogLsn: null },
          secondary: { lastCommitLsn: reached },
        }),
      ];
      const isKnown = (value: string | null): value is string => value !== null && value !== "0";
      const holds = isKnown(needed) && isKnown(reached) && BigInt(reached) >= BigInt(needed);
      expect(openedAt(watch(20, () => ({ databases })))).toBe(holds ? 5 : undefined);
    }),
  );
});

test("an open gate has always held for as long as it needs, in readings that came one by one", () => {
  const step = fc.record({
    after: fc.integer({ min: 0, max: 4500 }),
    commit: fc.integer({ min: 0, max: 3 }),
    spread: fc.constantFrom(10, 2500),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      let state: GateState | undefined;
      let second = 0;
      for (const { after, commit, spread } of steps) {
        second += after / 1000;
        const position = { lastCommitLsn: String(100 + commit) };
        const next = reading(second, {
          spreadMs: spread,
          databases: [database({ primary: position, secondary: position })],
        });
        state = gateAfter(state, next, defaultGateSettings, question);
        if (state.verdict.kind === "open" && state.verdict.by === "commitLsn") {
          expect(state.heldSeconds).toBeGreaterThanOrEqual(5);
          expect(state.memory.commit?.readings).toBeGreaterThanOrEqual(5);
        }
      }
    }),
  );
});
