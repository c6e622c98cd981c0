// The gate's one sentence for the operator: what is, on which server, and what it needs.
import { assertNever } from "../assert-never.ts";
import type { GateSettings } from "../choices/choices.ts";
import { isKnownLsn } from "../sql/lsn.ts";
import { visibleText } from "../visible-text.ts";
import type { GateReason, GateState } from "./gate.ts";
import type { SeenDatabase } from "./obstacle.ts";
import { countedWriters, isMoving, seenDatabases } from "./obstacle.ts";
import { commitPosition, queueKb } from "./positions.ts";
import type { GateQuestion } from "./question.ts";
import { secondaryOf } from "./question.ts";
import type { GateReading } from "./reading.ts";

/** Everything of a state but the sentence itself. */
export type GateWithoutSentence = Omit<GateState, "sentence">;

interface Names {
  readonly primary: string;
  readonly secondary: string;
}

export function gateSentence(
  state: GateWithoutSentence,
  settings: GateSettings,
  question: GateQuestion,
): string {
  const names = namesIn(state.last, question);
  if (state.verdict.kind === "open") return openSentence(state, state.verdict.by, names);
  const sentence = shutSentence(state, state.verdict.because, { settings, question, names });
  return state.onlyTickLeft
    ? `${sentence} Only your consent is left: the engine itself waits and refuses (47514–47516); our proof is missing.`
    : sentence;
}

/** The servers as they call themselves, else as planned. */
function namesIn(reading: GateReading, question: GateQuestion): Names {
  const nameOf = (side: GateQuestion["primary"]): string =>
    visibleText(reading.roles[side]?.serverName ?? question.serverNames[side]);
  return { primary: nameOf(question.primary), secondary: nameOf(secondaryOf(question.primary)) };
}

function openSentence(
  state: GateWithoutSentence,
  by: "commitLsn" | "fallback" | "tick",
  { primary, secondary }: Names,
): string {
  const seconds = Math.floor(state.heldSeconds);
  switch (by) {
    case "commitLsn":
      return `Ready: ${primary} and ${secondary} hold the same log, unchanged for ${seconds} s, and nobody writes.`;
    case "fallback":
      return `Ready: the log ends at the same place on ${primary} and ${secondary}, unchanged for ${seconds} s with empty queues, and nobody writes; the last commit itself could not be compared.`;
    case "tick":
      return `Open by your consent: the engine of ${primary} itself waits and refuses (47514–47516); our proof is missing.`;
  }
}

interface Shut {
  readonly settings: GateSettings;
  readonly question: GateQuestion;
  readonly names: Names;
}

function shutSentence(state: GateWithoutSentence, because: GateReason, at: Shut): string {
  const { last } = state;
  const { primary, secondary } = at.names;
  switch (because) {
    case "cannotRead":
    case "notAllowedToSee":
      return `Cannot say: ${unreadSentence(last, at.names)}`;
    case "rolesMoved":
      return rolesSentence(last, at.question);
    case "readingTooSpread":
      return `Not counted: ${primary} and ${secondary} answered ${Math.round(last.spreadMs)} ms apart, and ${at.settings.maxSpreadMs} ms are allowed.`;
    case "noRow":
      return noRowSentence(last, at);
    case "suspended":
      return suspendedSentence(last, at.names);
    case "notConnected":
      return `Not ready: ${primary} ${connectionWords(last)} ${secondary}.`;
    case "writing":
      return writingSentence(last, primary);
    case "behind":
      return behindSentence(state, at);
    case "commitLsnNotKnown":
      return `Not proved yet: ${notKnownWords(last, at.names)}; ${fallbackWords(state, at)}`;
    case "systemTaskWrites":
      return `Not proved: ${primary} keeps committing and no writing session is seen: a system task writes, or transactions too short to be seen.`;
    case "holdingStill":
      return `${primary} and ${secondary} equal and unchanged for ${Math.floor(state.heldSeconds)} s of ${state.neededSeconds} s. Starts again at 0 when either side moves.`;
    default:
      return assertNever(because);
  }
}

function unreadSentence(reading: GateReading, { primary }: Names): string {
  const sentences = reading.unread.map(({ problem }) => problem.summary);
  if (sentences.length > 0) return sentences.join(" ");
  const { writers } = reading;
  return writers.kind === "notAllowed"
    ? `the login has no ${writers.permission} on ${primary}, needed to see who writes.`
    : `who writes on ${primary} could not be read.`;
}

function rolesSentence(reading: GateReading, question: GateQuestion): string {
  for (const side of ["box", "instance"] as const) {
    const planned = visibleText(question.serverNames[side]);
    const role = side === question.primary ? "PRIMARY" : "SECONDARY";
    const seen = reading.roles[side];
    if (seen === null) return `Not ready: ${planned} does not tell its role.`;
    const name = visibleText(seen.serverName);
    if (seen.serverName !== question.serverNames[side]) {
      return `Not ready: ${name} answered where ${planned} was planned. Make the plan again.`;
    }
    if (seen.isLocalPrimary === false) {
      return `Not ready: ${name} is not the primary node of its availability group. Connect to that node.`;
    }
    if (seen.role !== role) {
      const is = seen.role === null ? "does not tell its role" : `is ${seen.role}`;
      return `Not ready: ${name} ${is} and the plan needs it as ${role}. Look at both sides.`;
    }
  }
  return "Not ready: the roles are not as planned.";
}

function noRowSentence(reading: GateReading, { question, names }: Shut): string {
  const seen = seenDatabases(reading).map(({ database }) => database);
  const missing = question.databases.find((name) => !seen.includes(name));
  if (missing === undefined) return `Not ready: ${names.primary} shows no database of this link.`;
  const row = reading.databases.find(({ database }) => database === missing);
  const database = visibleText(missing);
  if (row?.primary === "noRow") return `Not ready: ${names.primary} shows no row of ${database}.`;
  if (row?.secondary === "noRow") {
    return `Not ready: ${names.secondary} shows no row of ${database}.`;
  }
  return `Not ready: ${names.primary} shows no row of ${database} for ${names.secondary}.`;
}

function suspendedSentence(reading: GateReading, { primary, secondary }: Names): string {
  const found = seenDatabases(reading).find((database) => !isMoving(database));
  const database = visibleText(found?.database ?? "");
  const server = found?.secondary.isSuspended === true ? secondary : primary;
  const says = [found?.primary, found?.secondary, found?.remote].some(
    (row) => row?.isSuspended === true,
  );
  return says
    ? `Not ready: data movement of ${database} is suspended on ${server}. Resume it first.`
    : `Not ready: ${server} does not say whether data movement of ${database} is suspended.`;
}

function connectionWords(reading: GateReading): string {
  return seenDatabases(reading).some(({ remote }) => remote.connectedState === "DISCONNECTED")
    ? "is not connected to"
    : "does not say whether it is connected to";
}

function writingSentence(reading: GateReading, primary: string): string {
  const writers = reading.writers.kind === "seen" ? countedWriters(reading.writers.value) : [];
  const sessions = new Set(
    writers.map((one) => one.session?.sessionId ?? `transaction ${one.transactionId}`),
  ).size;
  const are = sessions === 1 ? "session is" : "sessions are";
  return `Not ready yet: ${sessions} ${are} still writing on ${primary}.`;
}

/** Names the worst: the database with the most log on its way. */
function behindSentence(state: GateWithoutSentence, at: Shut): string {
  const { primary, secondary } = at.names;
  const behind = seenDatabases(state.last).filter((one) => commitPosition(one) === "behind");
  const worst = behind.reduce<SeenDatabase | undefined>(
    (most, one) => (most === undefined || queueKb(one) > queueKb(most) ? one : most),
    undefined,
  );
  const database = visibleText(worst?.database ?? "");
  const kb = worst === undefined ? 0 : queueKb(worst);
  return kb > 0
    ? `Not ready yet: ${secondary} is behind ${primary} in ${database}, ${kb} KB are on their way.`
    : `Not proved yet: the last commit of ${database} on ${secondary} stays behind ${primary} with no log on its way; ${fallbackWords(state, at)}`;
}

function notKnownWords(reading: GateReading, { primary, secondary }: Names): string {
  const found = seenDatabases(reading).find((one) => commitPosition(one) === "notKnown");
  const server = isKnownLsn(found?.primary.lastCommitLsn ?? null) ? secondary : primary;
  return `${server} does not say the last commit of ${visibleText(found?.database ?? "")}`;
}

function fallbackWords(state: GateWithoutSentence, { settings, names }: Shut): string {
  const { primary, secondary } = names;
  return state.memory.fallback === null
    ? `the ends of the log on ${primary} and ${secondary} are not equal with empty queues, which would have to hold for ${settings.fallbackSeconds} s.`
    : `the ends of the log on ${primary} and ${secondary} are equal and unmoved for ${Math.floor(state.heldSeconds)} s of ${Math.ceil(state.neededSeconds)} s.`;
}
