// An estate of its own for one test that changes the link through ARM, and what such tests send.
import { expect } from "vitest";
import { dana } from "../../../practice/entra/directory.ts";
import { startPracticeEstate } from "../../../practice/estate.ts";
import type { PracticeEstate } from "../../../practice/estate.ts";
import { healthy } from "../../../practice/scenarios/healthy.ts";
import type { Scenario } from "../../../practice/scenarios/scenario.ts";
import type { WorldSettings } from "../../../practice/world/state.ts";
import { truth } from "../../../practice/world/truth.ts";
import { tokenFor } from "./arm-client.ts";
import { changesOf, plainly, type PlainAnswer } from "./plain-client.ts";

/** An estate with a link that may be changed, and Dana who asks. */
export interface Given {
  readonly estate: PracticeEstate;
  readonly token: string;
  readonly link: ReturnType<typeof changesOf>;
  /** The address of an answer's Location, asked. */
  readonly poll: (accepted: PlainAnswer) => Promise<PlainAnswer>;
  readonly fault: (what: object) => void;
}

/** An estate of its own whose clock stands still until the test moves it; Dana asks. */
export async function given(
  work: (given: Given) => Promise<void>,
  scenario: Scenario = healthy,
  settings: Partial<WorldSettings> = {},
): Promise<void> {
  const estate = await startPracticeEstate({ scenario, settings, clock: "manual" });
  try {
    const token = await tokenFor(estate, dana);
    await work({
      estate,
      token,
      link: changesOf(estate, token),
      poll: ({ headers }) => plainly(estate, token, headers.location ?? "/nowhere"),
      fault: (what) => {
        expect(estate.control({ do: "armFault", fault: what })).toMatchObject({ ok: true });
      },
    });
  } finally {
    await estate.stop();
  }
}

/** A link whose first primary is the instance. */
export const fromInstance: Scenario = { ...healthy, primary: "instance" };
export const planned = { failoverType: "Planned" };
export const toSync = { properties: { replicationMode: "Sync" } };

/** What Azure accepted. */
export function asked({ world }: PracticeEstate) {
  return truth(world.state).linkOperations;
}

/** Status and code of answers. */
export function codes(answers: readonly PlainAnswer[]): readonly unknown[] {
  return answers.map(({ status, code }) => [status, code]);
}
