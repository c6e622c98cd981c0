// A world that can be put back to the beginning of a scenario while servers and Azure stand around it: the same door, another world behind it.
import type { Scenario } from "../scenarios/scenario.ts";
import type { Clock } from "./clock.ts";
import { createWorld } from "./create-world.ts";
import type { ServerKey } from "./state.ts";
import type { Fault, World } from "./world.ts";

export interface StartingOver {
  readonly world: World;
  /**
   * Begins anew with this scenario, now: world time never goes back. Every client is cut off, and no fault stands any more.
   * Throws where the servers that listen could not be those of the scenario.
   */
  readonly startOver: (scenario: Scenario) => void;
}

const sides: readonly ServerKey[] = ["box", "instance"];

export function startingOver(scenario: Scenario, clock: Clock): StartingOver {
  let catchUp: () => void = () => undefined;
  const begun = (one: Scenario, startMs: number, aheadMs: number): World =>
    createWorld(one, {
      startMs,
      worldMs: () => clock.worldMs() + aheadMs,
      pump: (callback) => {
        catchUp = callback;
      },
    });
  let current = begun(scenario, clock.startMs, 0);
  clock.pump(() => {
    catchUp();
  });
  const listeners = new Set<(fault: Fault) => void>();
  const tell = (fault: Fault): void => {
    for (const listener of listeners) listener(fault);
  };
  current.onFault(tell);
  const world: World = {
    get state() {
      return current.state;
    },
    get otherLink() {
      return current.otherLink;
    },
    advance: (ms) => {
      current.advance(ms);
    },
    wait: (ms, signal) => current.wait(ms, signal),
    when: (holds, signal) => current.when(holds, signal),
    run: (...asked) => current.run(...asked),
    changeLink: (...asked) => current.changeLink(...asked),
    setWorkload: (running) => {
      current.setWorkload(running);
    },
    killWorkloadSession: (...session) => current.killWorkloadSession(...session),
    fault: (fault) => {
      current.fault(fault);
    },
    end: () => {
      current.end();
    },
    onFault: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    received: (...batch) => current.received(...batch),
  };
  return {
    world,
    startOver(next) {
      requireSameServers(current, next);
      const startMs = current.state.nowMs;
      current.end();
      current = begun(next, startMs, startMs - clock.worldMs());
      current.onFault(tell);
      for (const server of sides) {
        tell({ kind: "unreachable", server, on: false });
        tell({ kind: "dropConnections", server });
      }
    },
  };
}

/** Names stand in certificates, and each instance has a port of its own. */
function requireSameServers({ state, otherLink }: World, next: Scenario): void {
  const isSame = sides.every((key) => state[key].name === next[key].name);
  if (isSame && otherLink === null && next.otherLink === undefined) return;
  throw new Error(`The servers that are running are not those of the scenario '${next.name}'.`);
}
