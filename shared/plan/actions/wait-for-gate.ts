// Waits until both sides hold the same log and nobody writes. Reads only.
import { gateLines, ownPositionLines } from "../../sql/gate-lines.ts";
import { guardLines, identityChecks } from "../../sql/guard.ts";
import { scriptComment, scriptString } from "../../sql/quote.ts";
import { takeLockLines } from "../../sql/script-batch.ts";
import { visibleText } from "../../visible-text.ts";
import type { Action } from "../plan.ts";
import type { ActionForm, PlanFrame } from "./action-form.ts";
import { listOf, otherSide, rolesWith } from "./action-form.ts";
import { groupIdOn } from "../planned-server.ts";

type WaitForGate = Extract<Action, { kind: "waitForGate" }>;

export function waitForGateForm(action: WaitForGate, frame: PlanFrame): ActionForm {
  const secondary = otherSide(action.primary);
  const [from, to] = [frame[action.primary].serverName, frame[secondary].serverName];
  const { gate } = action;
  const proof = gate.acceptUnproved
    ? "The operator accepted that the log positions may stay unproved; the engine itself waits and refuses (47514 to 47516)."
    : `${to} holds the last commit of ${from}, unchanged for ${gate.stableSeconds} s in at least ${gate.leastReadings} readings.`;
  return {
    slug: "wait-for-gate",
    title: "Wait until both sides hold the same log",
    sentence: `Waiting until ${to} holds everything ${from} committed and nobody writes.`,
    runsOn: "both",
    why: "Neither server can tell alone; the engine does not stop the applications.",
    rolesBefore: rolesWith(action.primary),
    doneWhen: `${proof} Both are connected and not suspended, and nobody writes to ${listOf(frame.link.databases)}.`,
    undo: () => ({ kind: "changesNothing" }),
    safeToStopAfter: true,
    onFailure: "stopRun",
    script: {
      [action.primary]: {
        text: gateOnPrimary(action, frame),
        endsWith: frame.kind === "offlineFailBack" ? "batch" : "nextPart",
      },
      [secondary]: { text: lookAtSecondary(action, frame), endsWith: "batch" },
    },
  };
}

/** Joined to the failover's own batch, where that follows: it must not be reached when this part ends by THROW. */
function gateOnPrimary(action: WaitForGate, frame: PlanFrame): string {
  const side = action.primary;
  const place = { side, server: frame[side], link: frame.link, roles: ["PRIMARY"] as const };
  const other = frame[otherSide(side)].serverName;
  return [
    ...[
      `This server sees only its own rows and what ${other} last reported to it.`,
      `It cannot see ${other}'s own last_commit_lsn. Before you run this, run the part 'Before' of`,
      `the script for ${other}: the number printed there must not be lower than the one printed here.`,
    ].map((line) => `-- ${scriptComment(line)}`),
    ...guardLines(identityChecks(place), "first"),
    ...takeLockLines(groupIdOn(frame.link, side)),
    ...gateLines(place, action.gate),
    print(`Not seen from here: ${other}'s own last_commit_lsn. Its own script prints it.`),
  ].join("\n");
}

function lookAtSecondary(action: WaitForGate, frame: PlanFrame): string {
  const side = otherSide(action.primary);
  const server = frame[side];
  const place = { side, server, link: frame.link, roles: ["SECONDARY", "PRIMARY"] as const };
  return [
    `-- Before: run it when the workload has stopped, before the script of ${scriptComment(frame[action.primary].serverName)}. Changes nothing.`,
    ...guardLines(identityChecks(place), "before"),
    // The last check read the role.
    "IF @beforeSeen = N'PRIMARY'",
    `    ${print(`${server.serverName} is PRIMARY already: the failover has happened. Go on with the part 'After'.`)}`,
    ...ownPositionLines(frame.link, "MIN"),
  ].join("\n");
}

function print(sentence: string): string {
  return `PRINT ${scriptString(visibleText(sentence))};`;
}
