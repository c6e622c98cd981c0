// What the world's tests share: a world by hand, and a statement run to its end while time passes.
import { manualClock } from "../../../practice/world/clock.ts";
import { createWorld } from "../../../practice/world/create-world.ts";
import { healthy } from "../../../practice/scenarios/healthy.ts";
import type { Scenario } from "../../../practice/scenarios/scenario.ts";
import { LinkIsBusy } from "../../../practice/world/link-operations.ts";
import type {
  LinkFate,
  LinkOperation,
  LinkRequest,
} from "../../../practice/world/link-operation.ts";
import { SqlError, type SqlOutput } from "../../../practice/sql-types.ts";
import type { ServerStatement } from "../../../practice/tsql/host.ts";
import type { ServerKey, WorldSettings } from "../../../practice/world/state.ts";
import type { World } from "../../../practice/world/world.ts";

export interface Answer {
  readonly outputs: readonly SqlOutput[];
  /** Number of the error it was refused with; absent when it was carried out. */
  readonly error?: number;
}

/** A row of a table of refusals; server SQL Server and scenario healthy where they are absent. */
export interface Refusal {
  readonly name: string;
  readonly scenario?: Scenario;
  readonly server?: ServerKey;
  readonly statement?: ServerStatement;
  readonly error: number;
}

const session = { sessionId: 51, login: "dba", currentDatabase: "master" };

export function worldOf(
  scenario: Scenario = healthy,
  settings: Partial<WorldSettings> = {},
): World {
  return createWorld(
    { ...scenario, settings: { ...scenario.settings, ...settings } },
    manualClock(),
  );
}

/** Starts a statement; the answer comes when it has ended. */
export async function ask(
  world: World,
  server: ServerKey,
  statement: ServerStatement,
  signal: AbortSignal = new AbortController().signal,
): Promise<Answer> {
  const outputs: SqlOutput[] = [];
  try {
    for await (const output of world.run(server, statement, session, signal)) outputs.push(output);
    return { outputs };
  } catch (error) {
    if (!(error instanceof SqlError)) throw error;
    return { outputs, error: error.sql.number };
  }
}

/** Asks Azure for a change of the link: the operation, the number of the engine's refusal, or what is busy. */
export function askAzure(
  world: World,
  request: LinkRequest,
  fate: Partial<LinkFate> = {},
): LinkOperation | number | LinkIsBusy["why"] {
  try {
    return world.changeLink(request, "dana", { isCarriedOut: true, ends: "asItWent", ...fate });
  } catch (error) {
    if (error instanceof LinkIsBusy) return error.why;
    if (!(error instanceof SqlError)) throw error;
    return error.sql.number;
  }
}

/** Starts a statement, lets `ms` of world time pass and gives its answer. */
export async function askAndWait(
  world: World,
  server: ServerKey,
  statement: ServerStatement,
  ms = 20_000,
): Promise<Answer> {
  const answer = ask(world, server, statement);
  await started();
  world.advance(ms);
  return answer;
}

/** Lets a statement that was just begun get as far as it can without time passing. */
export async function started(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
}

export const failover: ServerStatement = {
  kind: "availabilityGroupFailover",
  group: "LINK_Adatum",
};
export const forceFailover: ServerStatement = {
  kind: "availabilityGroupForceFailover",
  group: "LINK_Adatum",
};
export const becomeSecondary: Extract<ServerStatement, { kind: "availabilityGroupSet" }> = {
  kind: "availabilityGroupSet",
  group: "LINK_Adatum",
  options: new Map([["ROLE", "SECONDARY"]]),
};
export const resume: ServerStatement = {
  kind: "databaseSetHadr",
  database: "Adatum",
  action: "RESUME",
};
/** A name that breaks whatever does not quote it. */
export const hostileName = "x]]'\"; DROP $(db)\n😀";

export function dropGroup(group: string): ServerStatement {
  return { kind: "dropAvailabilityGroup", group };
}

export const backupLog: Extract<ServerStatement, { kind: "backup" }> = {
  kind: "backup",
  what: "LOG",
  database: "Adatum",
  to: [{ kind: "DISK", path: "X:\\Backup\\Adatum_2.trn" }],
  options: new Map([["STATS", "25"]]),
};

/** A split brain: log stopped, SQL Server went on writing, the instance took over by force; the link is up again. */
export async function splitBrain(scenario: Scenario = healthy): Promise<World> {
  const world = worldOf(scenario);
  world.fault({ kind: "linkDisconnected", on: true });
  world.advance(5000);
  await ask(world, "instance", forceFailover);
  world.advance(20_000);
  world.fault({ kind: "linkDisconnected", on: false });
  world.advance(1000);
  return world;
}

/** Numbers of the messages and errors of an answer, in their order. */
export function numbers({ outputs }: Pick<Answer, "outputs">): number[] {
  return outputs.flatMap((one) =>
    one.kind === "info" || one.kind === "error" ? [one.message.number] : [],
  );
}

/** Lets time pass until `holds`; a world that does not get there within two minutes fails the test. */
export function until(world: World, holds: () => boolean): void {
  for (let passedMs = 0; !holds(); passedMs += 10) {
    if (passedMs > 120_000) throw new Error(`never: ${holds.toString()}`);
    world.advance(10);
  }
}
