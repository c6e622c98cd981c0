// The gate before a practice estate whose time the test owns: world and tool go forward together.
import { mssqlConnector } from "../../../electron/sql/mssql-session.ts";
import { readEstate } from "../../../electron/estate/read.ts";
import { readGate } from "../../../electron/estate/read-gate.ts";
import type { PracticeEstate } from "../../../practice/estate.ts";
import { startPracticeEstate } from "../../../practice/estate.ts";
import type { WorldSettings } from "../../../practice/world/state.ts";
import { defaultGateSettings } from "../../../shared/choices/choices.ts";
import type { Estate } from "../../../shared/estate/estate.ts";
import { findLinks } from "../../../shared/estate/find-links.ts";
import type { Link } from "../../../shared/estate/link.ts";
import { gateAfter } from "../../../shared/gate/gate.ts";
import type { GateState } from "../../../shared/gate/gate.ts";
import { practiceLogins } from "../../fakes/practice-logins.ts";

export interface PracticeGate {
  readonly practice: PracticeEstate;
  readonly estate: Estate;
  readonly link: Link;
  /** Readings every `stepMs` until `until` says so, or for `seconds`; answers every state. Each call begins anew. */
  watch(seconds: number, until?: (state: GateState) => boolean): Promise<readonly GateState[]>;
  readonly acceptUnproved: { value: boolean };
  end(): Promise<void>;
}

export async function practiceGate(
  scenario: string,
  settings: Partial<WorldSettings> = {},
  stepMs = 2500,
): Promise<PracticeGate> {
  const practice = await startPracticeEstate({
    scenario,
    settings,
    clock: "manual",
    routing: "off",
  });
  const logins = practiceLogins(practice);
  const sessions = {
    box: await mssqlConnector.connect(logins.box),
    instance: await mssqlConnector.connect(logins.instance),
  };
  const clock = { nowMs: () => practice.world.state.nowMs, wait: () => Promise.resolve() };
  const estate = await readEstate(sessions, clock);
  const link = findLinks(estate).links[0];
  if (link === undefined) throw new Error("The practice estate shows no link.");
  const nameOf = (side: "box" | "instance"): string => {
    const reading = estate[side];
    return reading.kind === "seen" ? reading.facts.server.serverName : reading.address;
  };
  const question = {
    linkName: link.name,
    databases: link.databases,
    primary: "box",
    serverNames: { box: nameOf("box"), instance: nameOf("instance") },
  } as const;
  const acceptUnproved = { value: false };
  return {
    practice,
    estate,
    link,
    acceptUnproved,
    async watch(seconds, until = () => false) {
      const states: GateState[] = [];
      for (let passedMs = 0; passedMs <= seconds * 1000; passedMs += stepMs) {
        const reading = await readGate(sessions, question, clock);
        const gate = { ...defaultGateSettings, acceptUnproved: acceptUnproved.value };
        const state = gateAfter(states.at(-1), reading, gate, question);
        states.push(state);
        if (until(state)) break;
        practice.world.advance(stepMs);
      }
      return states;
    },
    async end() {
      await Promise.all([sessions.box.close(), sessions.instance.close()]);
      await practice.stop();
    },
  };
}

export const isOpen = (state: GateState): boolean => state.verdict.kind === "open";
