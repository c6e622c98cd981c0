// What the log says of connections, runs, requests and the start. No statement: those are in the run's journal.
import { namesIn } from "../../shared/bundle/names-in.ts";
import type { ConnectionFacts } from "../../shared/ipc.ts";
import type { LogLevel } from "../../shared/log/entry.ts";
import type { RunEvent, RunOutcome } from "../../shared/run/events.ts";
import { endWords, sessionName } from "../../shared/sessions/end-words.ts";
import type { SessionEnd } from "../../shared/sessions/session-end.ts";
import type { SeenSession } from "../../shared/sql/end-session.ts";
import { toolVersion } from "../run/tool-version.ts";
import type { Refused } from "../ipc/serve.ts";
import type { AppLog } from "../store/app-log.ts";

/** `host`: Electron or Chromium. */
export function startWords(host: string): string {
  const { platform, arch, version } = process;
  return `MI Link Failover ${toolVersion} in ${host}, ${platform} ${arch}, Node ${version}.`;
}

export function connectionWords(now: readonly ConnectionFacts[]): string {
  if (now.length === 0) return "No server is connected.";
  const each = now.map(
    ({ serverName, login, address }) => `${serverName} (${address}) as ${login}`,
  );
  return `Connected: ${each.join(", ")}.`;
}

/** A request of the page that was refused, with the words of whoever refused it. */
export function logRefusal(log: AppLog, refused: Refused): void {
  const { request, input, problem } = refused;
  const { code, summary, detail } = problem;
  const level = problem.class === "info" || problem.class === "wait" ? "info" : "warning";
  const more = detail === undefined ? "" : ` ${detail}`;
  log.write(level, "request", `${request}: ${code}: ${summary}${more}`, namesIn(input));
}

export function logRunEvent(log: AppLog, event: RunEvent): void {
  const said = runWords(event);
  if (said === undefined) return;
  log.write(said.level, "run", said.words, event.kind === "runStarted" ? namesIn(event) : []);
}

/** The one change to a server that no run's journal holds: what is asked for, before it is sent, and what became of it. */
export function logSessionEnd(log: AppLog, seen: SeenSession, end?: SessionEnd): void {
  const words =
    end === undefined
      ? `${sessionName(seen)} is to be ended on ${seen.serverName}.`
      : endWords(end, seen).sentence;
  log.write("warning", "session", words, namesIn(seen));
}

interface Said {
  readonly level: LogLevel;
  readonly words: string;
}

const levels: Readonly<Record<RunOutcome, LogLevel>> = {
  succeeded: "info",
  warning: "warning",
  failed: "error",
  stopped: "warning",
  unknown: "error",
  notReady: "warning",
};

/** Undefined for what comes every second and for what the journal alone has to hold. */
function runWords(event: RunEvent): Said | undefined {
  switch (event.kind) {
    case "runStarted":
      return { level: "info", words: `Run ${event.runId} began: ${event.plan.summary}` };
    case "stepBegan":
      return { level: "info", words: `${event.stepId} began.` };
    case "stepEnded": {
      const level = event.outcome === "skipped" ? "info" : levels[event.outcome];
      return { level, words: `${event.stepId}: ${event.outcome}. ${event.summary}` };
    }
    case "statementFailed":
    case "answerLost": {
      const { code, summary } = event.problem;
      return { level: "warning", words: `${event.stepId}: ${code}: ${summary}` };
    }
    case "lockNotTaken":
    case "lockLost":
      return { level: "warning", words: `${event.kind} on ${event.side}: ${event.because}` };
    case "runEnded":
      return {
        level: levels[event.outcome],
        words: `Run ended, ${event.outcome}: ${event.summary}`,
      };
    default:
      return undefined;
  }
}
