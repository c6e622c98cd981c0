// Whatever happens, in whatever order: no acknowledged row is lost and no LSN moves back.
import fc from "fast-check";
import { expect, test } from "vitest";
import { healthy } from "../../../practice/scenarios/healthy.ts";
import { replicaRows } from "../../../practice/world/positions.ts";
import { otherSide, sendingSide } from "../../../practice/world/sides.ts";
import type { LinkRequest } from "../../../practice/world/link-operation.ts";
import type { ServerKey, WorldSettings, WorldState } from "../../../practice/world/state.ts";
import { truth } from "../../../practice/world/truth.ts";
import type { World } from "../../../practice/world/world.ts";
import { ask, askAzure, backupLog, failover, forceFailover, started, worldOf } from "./asking.ts";

type Move =
  | { readonly kind: "advance"; readonly ms: number }
  | { readonly kind: "backup" | "restart"; readonly server: ServerKey }
  | { readonly kind: "failover"; readonly where: "primary" | "secondary" }
  | { readonly kind: "abandonedFailover"; readonly server: ServerKey; readonly afterMs: number }
  | { readonly kind: "workload" | "connected"; readonly on: boolean }
  | { readonly kind: "suspended"; readonly server: ServerKey; readonly on: boolean }
  | { readonly kind: "delay"; readonly ms: number }
  | { readonly kind: "azure"; readonly request: LinkRequest };

const server = fc.constantFrom<ServerKey>("box", "instance");
const mostly = fc.constantFrom(true, true, true, false);
const rarely = fc.constantFrom(true, false, false, false);
const move: fc.Arbitrary<Move> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant("advance"),
      ms: fc.integer({ min: 10, max: 12_000 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constantFrom("backup", "restart"), server }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant("failover"),
      where: fc.constantFrom("primary", "primary", "primary", "secondary"),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant("abandonedFailover"),
      server,
      afterMs: fc.integer({ min: 0, max: 12_000 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constantFrom("workload", "connected"), on: mostly }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("suspended"), server, on: rarely }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant("delay"), ms: fc.constantFrom(0, 700, 4000) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("azure"),
      request: fc.constantFrom<LinkRequest>(
        { kind: "failover", failoverType: "Planned" },
        { kind: "failover", failoverType: "Planned" },
        { kind: "update", replicationMode: "Sync" },
        { kind: "update", replicationMode: "Async" },
      ),
    }),
  },
);
const settings: fc.Arbitrary<Partial<WorldSettings>> = fc.record({
  hardenedLsn: fc.constantFrom("nextBlock", "sameBlock"),
  endOfLogLsn: fc.constantFrom("lastBlock", "nextBlock"),
  primaryHardened: fc.constantFrom("null", "value"),
  commitLsnAfterRestart: fc.constantFrom("kept", "zero", "null"),
  systemCommits: fc.constantFrom("none", "counted", "primaryOnly"),
  backupCommits: fc.constantFrom("yes", "no"),
  failoverAfterLostConnection: fc.constantFrom("continues", "cancelled"),
  ownRow: fc.constantFrom("dagRow", "dagRowWithoutCommitLsn", "localRowOnly"),
});

/** Carries out one move. A refused statement is as good as an accepted one here. */
async function make(world: World, one: Move): Promise<void> {
  switch (one.kind) {
    case "advance":
      world.advance(one.ms);
      break;
    case "failover": {
      const primary = sendingSide(world.state) ?? "box";
      void ask(world, one.where === "primary" ? primary : otherSide(primary), failover);
      break;
    }
    case "abandonedFailover": {
      const client = new AbortController();
      const answer = ask(world, one.server, failover, client.signal);
      await started();
      world.advance(one.afterMs);
      client.abort(new Error("gone"));
      // Where the engine goes on all the same, the statement ends in its own time.
      void answer.catch(() => undefined);
      break;
    }
    case "backup":
      void ask(world, one.server, backupLog);
      break;
    case "restart":
      world.fault({ kind: "restart", server: one.server });
      break;
    case "workload":
      world.setWorkload(one.on);
      break;
    case "connected":
      world.fault({ kind: "linkDisconnected", on: !one.on });
      break;
    case "suspended":
      world.fault({ kind: "suspended", server: one.server, on: one.on });
      break;
    case "delay":
      world.fault({ kind: "networkDelay", ms: one.ms });
      break;
    case "azure":
      askAzure(world, one.request);
  }
  await started();
}

/** What must hold at every moment of a world without forced failover. */
function holds(state: WorldState): void {
  const from = sendingSide(state);
  expect(from).not.toBeNull();
  if (from === null) return;
  const primary = state[from].copy;
  const secondary = state[otherSide(from)].copy;
  expect(truth(state)[from].rows.missing).toEqual([]);
  expect(secondary.log.length).toBeLessThanOrEqual(primary.log.length);
  expect(secondary.log.every((block, index) => block === primary.log[index])).toBe(true);
  for (const copy of [primary, secondary]) {
    expect(copy.received).toBe(copy.log.length);
    expect(copy.hardened).toBeLessThanOrEqual(copy.received);
    expect(copy.redone).toBeLessThanOrEqual(copy.hardened);
  }
  const { reported } = state.replication;
  expect(reported?.hardened ?? 0).toBeLessThanOrEqual(secondary.hardened);
  expect(
    [state.box, state.instance].filter(({ linkRole }) => linkRole === "PRIMARY").length,
  ).toBeLessThan(2);
}

/** Own LSNs of one side that may never go back; an unknown last commit says nothing. */
function ownLsns(state: WorldState, key: ServerKey): readonly bigint[] {
  const row = replicaRows(state, key).find((one) => one.group === "local");
  const commit = row?.lastCommitLsn === "0" ? null : row?.lastCommitLsn;
  return [row?.endOfLogLsn, row?.lastRedoneLsn, commit].map((lsn) => BigInt(lsn ?? "-1"));
}

test("no sequence of failovers, restarts, lost links and lost clients loses an acknowledged row or moves an LSN back", async () => {
  let switched = 0;
  await fc.assert(
    fc.asyncProperty(
      settings,
      fc.array(move, { minLength: 5, maxLength: 20, size: "max" }),
      async (how, moves) => {
        const { workload } = healthy;
        const world = worldOf(
          { ...healthy, workload: { ...workload, systemCommitEveryMs: 1700 } },
          how,
        );
        const reached = { box: [-1n, -1n, -1n], instance: [-1n, -1n, -1n] };
        for (const one of moves) {
          await make(world, one);
          holds(world.state);
          for (const key of ["box", "instance"] as const) {
            const now = ownLsns(world.state, key);
            for (const [index, lsn] of now.entries()) {
              if (lsn === -1n) continue;
              expect(lsn).toBeGreaterThanOrEqual(reached[key][index] ?? 0n);
              reached[key][index] = lsn;
            }
          }
        }
        await settle(world);
        const { box, instance } = truth(world.state);
        expect([box.rows.missing, instance.rows.missing]).toEqual([[], []]);
        expect([box.role, instance.role].sort()).toEqual(["PRIMARY", "SECONDARY"]);
        switched += world.state.failoverEnds.filter(({ outcome }) => outcome === "done").length;
      },
    ),
    { numRuns: 80, seed: 20_261_121 },
  );
  // Otherwise the property would have been proved of worlds in which nothing happened.
  expect(switched).toBeGreaterThan(40);
}, 120_000);

/** Heals everything and lets the world come to rest. */
async function settle(world: World): Promise<void> {
  world.fault({ kind: "linkDisconnected", on: false });
  world.fault({ kind: "networkDelay", ms: 20 });
  world.fault({ kind: "suspended", server: "box", on: false });
  world.fault({ kind: "suspended", server: "instance", on: false });
  world.setWorkload(false);
  world.advance(75_000);
  await started();
}

test("removing the link from a secondary instance loses to it exactly what it had not hardened", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 8000 }),
      fc.constantFrom(0, 20, 700),
      fc.boolean(),
      (before, ms, isConnected) => {
        // Long enough for log that has been received and not hardened.
        const world = worldOf({ ...healthy, engine: { ...healthy.engine, hardenMs: 600 } });
        world.fault({ kind: "networkDelay", ms });
        world.advance(before);
        world.fault({ kind: "linkDisconnected", on: !isConnected });
        const operation = askAzure(world, { kind: "delete" });
        world.advance(healthy.engine.linkOperationMs - 10);
        const { highest } = truth(world.state).instance.rows;
        world.advance(10);
        expect(operation).toMatchObject({ outcome: "done" });
        const { instance } = world.state;
        const { rows } = truth(world.state).instance;
        expect(rows.highest - highest).toBeLessThanOrEqual(1);
        expect(rows.count).toBe(rows.highest);
        world.advance(30_000);
        const { box, instance: later, acknowledgedRows } = truth(world.state);
        expect(later.rows).toMatchObject({ count: rows.count, hasEveryAcknowledged: false });
        expect(box.rows.missing).toEqual([]);
        expect(acknowledgedRows).toBeGreaterThan(rows.count);
        const { received, hardened, redone, log } = instance.copy;
        expect([received, hardened, redone]).toEqual([log.length, log.length, log.length]);
      },
    ),
    { numRuns: 20, seed: 5 },
  );
});

test("a forced failover loses exactly what the other side had not hardened", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 0, max: 20_000 }),
      fc.integer({ min: 0, max: 5000 }),
      async (cut, before) => {
        const world = worldOf();
        world.advance(before);
        world.fault({ kind: "linkDisconnected", on: true });
        world.advance(cut);
        const { highest } = truth(world.state).instance.rows;
        await ask(world, "instance", forceFailover);
        world.advance(20_000);
        const { instance, acknowledgedRows } = truth(world.state);
        expect(instance.rows.highest).toBe(highest);
        expect(instance.rows.count).toBe(highest);
        expect(acknowledgedRows).toBeGreaterThanOrEqual(highest);
      },
    ),
    { numRuns: 20, seed: 7 },
  );
});

test("the same moves lead to the same world, however time is cut into pieces", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 1, max: 997 }), { minLength: 1, maxLength: 12 }),
      async (pieces) => {
        const [whole, cut] = [worldOf(), worldOf()];
        const total = pieces.reduce((sum, ms) => sum + ms, 0);
        whole.advance(total);
        for (const ms of pieces) cut.advance(ms);
        expect(truth(cut.state)).toEqual(truth(whole.state));
        expect(replicaRows(cut.state, "box")).toEqual(replicaRows(whole.state, "box"));
        await started();
      },
    ),
    { numRuns: 25, seed: 11 },
  );
});
