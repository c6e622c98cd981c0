// The command line of the practice estate: its options, and the sentence for each wrong one.
import { parseArgs } from "node:util";
import { controlHelp } from "./control-help.ts";
import type { Routing } from "../server/practice-server.ts";
import type { WorldSettings } from "../world/state.ts";

export interface Options {
  readonly scenario: string;
  readonly speed: number;
  /** World seconds after which the applications stop writing, as in a maintenance window; null: never by itself. */
  readonly workloadStopsAfterSeconds: number | null;
  readonly settings: Partial<WorldSettings>;
  readonly routing: Routing;
  readonly control: boolean;
}

export type ParsedOptions =
  | { readonly kind: "start"; readonly options: Options }
  | { readonly kind: "help" }
  | { readonly kind: "list" }
  /** `problem` is one sentence. */
  | { readonly kind: "wrong"; readonly problem: string };

export const help = `Usage: npm run practice -- [options]

Starts a SQL Server and a managed instance, joined by a link, on this computer. Prints one line of JSON with
where they listen and how to log in, and stays until it is interrupted.

  --scenario NAME     What the two servers are like at the start; default healthy.
  --list              Names the scenarios.
  --speed N           World time runs N times as fast as the clock on the wall; default 1.
  --set NAME=VALUE    One of the world's settings; may be repeated.
  --routing HOW       redirect (default), off, or closedPort: where the instance sends a login.
  --workload-stops-after S
                      The applications stop writing S s of world time after the start; default: never.
  --control           Takes requests as JSON lines on standard input; its end stops the servers.
  --help              This text.

${controlHelp}`;

const routings: readonly Routing[] = ["redirect", "off", "closedPort"];
const fastest = 1000;
const longestSeconds = 86_400;

/** The values each setting can have. */
const settingValues: { readonly [Name in keyof WorldSettings]: readonly WorldSettings[Name][] } = {
  hardenedLsn: ["nextBlock", "sameBlock"],
  endOfLogLsn: ["lastBlock", "nextBlock"],
  primaryHardened: ["null", "value"],
  commitLsnAfterRestart: ["kept", "zero", "null"],
  systemCommits: ["none", "counted", "primaryOnly"],
  backupCommits: ["yes", "no"],
  secondaryBackup: ["whenFollowing", "always"],
  failoverAfterLostConnection: ["continues", "cancelled"],
  ownRow: ["dagRow", "dagRowWithoutCommitLsn", "localRowOnly"],
  linkOperationAnswer: ["accepted", "direct"],
  azureAsyncOperation: ["none", "both"],
  failoverRoleCode: ["specified", "observed"],
  demotionAfterForced: ["either", "forced", "planned"],
  operationReadRight: ["notNeeded", "needed"],
  rollbackAfterKill: ["atOnce", "asLongAsTheWork"],
};

/** Reads the arguments after the program's name. Whether a scenario exists is not its business. */
export function parseOptions(args: readonly string[]): ParsedOptions {
  try {
    const { values } = parseArgs({
      args: [...args],
      strict: true,
      options: {
        scenario: { type: "string", default: "healthy" },
        list: { type: "boolean", default: false },
        speed: { type: "string", default: "1" },
        "workload-stops-after": { type: "string" },
        set: { type: "string", multiple: true, default: [] },
        routing: { type: "string", default: "redirect" },
        control: { type: "boolean", default: false },
        help: { type: "boolean", default: false },
      },
    });
    if (values.help) return { kind: "help" };
    if (values.list) return { kind: "list" };
    const options: Options = {
      scenario: values.scenario,
      speed: speedOf(values.speed),
      workloadStopsAfterSeconds: secondsOf(values["workload-stops-after"]),
      settings: Object.assign({}, ...values.set.map(settingOf)) as Partial<WorldSettings>,
      routing: routingOf(values.routing),
      control: values.control,
    };
    return { kind: "start", options };
  } catch (error) {
    // parseArgs explains over several sentences; the first says what is wrong.
    const [first = ""] = (error instanceof Error ? error.message : String(error)).split(/\.\s/);
    return { kind: "wrong", problem: `${first.replace(/\.$/, "")}.` };
  }
}

function speedOf(text: string): number {
  const speed = Number(text);
  if (text.trim() === "" || !(speed > 0 && speed <= fastest)) {
    throw new Error(`--speed takes a number above 0 and up to ${fastest}, not '${text}'.`);
  }
  return speed;
}

function secondsOf(text: string | undefined): number | null {
  if (text === undefined) return null;
  const seconds = Number(text);
  if (text.trim() === "" || !(seconds >= 0 && seconds <= longestSeconds)) {
    throw new Error(
      `--workload-stops-after takes seconds from 0 to ${longestSeconds}, not '${text}'.`,
    );
  }
  return seconds;
}

function settingOf(text: string): Partial<WorldSettings> {
  const [name = "", value = ""] = text.split("=", 2);
  const known = Object.entries(settingValues).find(([key]) => key === name);
  if (known === undefined) {
    throw new Error(`--set knows ${Object.keys(settingValues).join(", ")}, not '${name}'.`);
  }
  if (!known[1].some((allowed) => allowed === value)) {
    throw new Error(`--set ${name} takes ${known[1].join(" or ")}, not '${value}'.`);
  }
  return { [name]: value };
}

function routingOf(text: string): Routing {
  const routing = routings.find((one) => one === text);
  if (routing === undefined) {
    throw new Error(`--routing takes ${routings.join(" or ")}, not '${text}'.`);
  }
  return routing;
}
