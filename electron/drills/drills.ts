// The drills of a practice window: the estate is put back, the disaster strikes, and the world is asked until the goal is seen.
import type { Drill, DrillEnd, DrillInView, DrillsView } from "../../shared/drills/drill.ts";
import { isReached } from "../../shared/drills/drill.ts";
import { drills } from "../../shared/drills/table.ts";
import type { WorldTruth } from "../../shared/drills/world-truth.ts";
import { worldTruth } from "../../shared/drills/world-truth.ts";
import { AppError } from "../../shared/errors/app-error.ts";
import type { Clock } from "../run/clock.ts";
import { oneAfterTheOther } from "../services/one-after-the-other.ts";
import type { PracticeControl } from "./practice-control.ts";

/** Each throws AppError: `noDrills` where this window has started no practice estate. */
export interface Drills {
  view(): DrillsView;
  /** Throws AppError `drillUnderWay` before the last one has ended, and `noSuchDrill`. */
  start(drillId: string): Promise<void>;
  /** Throws AppError `noHelp` where nobody can be asked. */
  help(): Promise<void>;
  workload(running: boolean): Promise<void>;
  /** Ends the drill under way, if there is one, whatever was reached. */
  end(): Promise<void>;
  /** The window ends: nothing is asked of the estate any more. */
  leave(): void;
}

export interface DrillsOptions {
  readonly control: PracticeControl | undefined;
  readonly clock: Clock;
  /** Throws AppError while the estate must not be put back: during a run. */
  readonly refuseStart: () => void;
  readonly onChange: (view: DrillsView) => void;
}

interface UnderWay {
  readonly drill: Drill;
  /** As the world was when everything had struck. */
  readonly began: WorldTruth;
  readonly over: AbortController;
}

const lookEveryMs = 1000;

export function createDrills({ control, clock, refuseStart, onChange }: DrillsOptions): Drills {
  const turn = oneAfterTheOther();
  let underWay: UnderWay | undefined;
  let ended: DrillEnd | null = null;
  let count = 0;
  const estate = (): PracticeControl => {
    if (control === undefined) throw refused("noDrills", "Only a practice window has drills.");
    return control;
  };
  const world = async () => worldTruth.parse(await estate().ask({ ask: "truth" }));
  const view = () => viewOf(underWay?.drill, ended);
  const conclude = ({ drill, began, over }: UnderWay, now: WorldTruth, reached: boolean) => {
    over.abort();
    underWay = undefined;
    const tookMs = now.nowMs - began.nowMs;
    const closedMs = now.closedMs - began.closedMs;
    ended = { number: ++count, name: drill.name, reached, tookMs, closedMs, world: now };
    onChange(view());
  };
  /** Ends with the drill, with the window, and with the estate. */
  const watch = async (one: UnderWay): Promise<void> => {
    while (!one.over.signal.aborted) {
      await clock.wait(lookEveryMs, one.over.signal);
      await turn(async () => {
        const now = await world();
        if (underWay === one && isReached(one.drill.goal, now)) conclude(one, now, true);
      });
    }
  };
  const begin = async (drill: Drill): Promise<void> => {
    if (underWay !== undefined) {
      throw refused("drillUnderWay", `The drill "${underWay.drill.name}" is still under way.`);
    }
    refuseStart();
    const startOver = { do: "startOver", scenario: drill.scenario };
    for (const request of [startOver, ...drill.strikes]) await estate().ask(request);
    underWay = { drill, began: await world(), over: new AbortController() };
    ended = null;
    onChange(view());
    watch(underWay).catch(() => undefined);
  };
  return {
    view() {
      estate();
      return view();
    },
    async start(drillId) {
      estate();
      const drill = drills.find(({ id }) => id === drillId);
      if (drill === undefined) throw refused("noSuchDrill", "There is no drill of that name.");
      await turn(() => begin(drill));
    },
    async help() {
      estate();
      const help = underWay?.drill.help;
      if (!help) throw refused("noHelp", "Nobody can be asked for help in this drill.");
      for (const request of help.sends) await estate().ask(request);
    },
    async workload(running) {
      await estate().ask({ do: "workload", running });
    },
    async end() {
      estate();
      await turn(async () => {
        const now = await world();
        if (underWay !== undefined) conclude(underWay, now, isReached(underWay.drill.goal, now));
      });
    },
    leave() {
      underWay?.over.abort();
      underWay = undefined;
    },
  };
}

function viewOf(drill: Drill | undefined, ended: DrillEnd | null): DrillsView {
  return {
    drills: drills.map(inView),
    underWay: drill === undefined ? null : inView(drill),
    ended,
  };
}

function inView({ id, name, happens, toDo, help }: Drill): DrillInView {
  return { id, name, happens, toDo, help: help?.name ?? null };
}

function refused(code: string, summary: string): AppError {
  return new AppError({
    code,
    class: "block",
    summary,
    remedy: "Drills are started and ended in the menu Practice of a practice window.",
  });
}
