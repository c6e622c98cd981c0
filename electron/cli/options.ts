// The command line's words as data. What is wrong is said in one sentence before anything is connected to.
import { parseArgs } from "node:util";
import { z } from "zod";
import type { PlannedFailoverChoices, RemovalChoices } from "../../shared/choices/choices.ts";
import { defaultBudgetSeconds } from "../../shared/choices/choices.ts";
import type { Environment } from "../../shared/plan/plan.ts";
import type { AzureOptions } from "./azure-options.ts";
import { azureOptionNames, parseAzureOptions } from "./azure-options.ts";
import { isRunId } from "../store/run-folder.ts";
import type { EvidenceOptions } from "./evidence.ts";
import type { ForcedOptions } from "./forced-options.ts";
import { forcedOptionNames, parseForcedOptions } from "./forced-options.ts";
import type { ServerOptions } from "./server-options.ts";
import { parseServerOptions, serverOptionNames } from "./server-options.ts";
import type { TaskOptions } from "./task-options.ts";
import { isTask, parseTaskOptions, taskNames, taskOptionNames } from "./task-options.ts";
import { UsageError } from "./usage-error.ts";
import type { Side } from "../../shared/estate/estate.ts";

export const commands = ["status", "check", "readiness", "plan", "run", "script", "rows"] as const;
export type CommandName = (typeof commands)[number];

export interface Options {
  readonly command: CommandName;
  readonly servers: Readonly<Record<Side, ServerOptions>>;
  readonly caFile: string | undefined;
  readonly environment: Environment;
  readonly linkName: string | undefined;
  /** Of `rows` and `offline-fail-back`; undefined: those of the link. */
  readonly database: string | undefined;
  /** Of `rows`: what the database is called on SQL Server; undefined: the same. */
  readonly restoredAs: string | undefined;
  /** The side that is to become primary; undefined: the one that is not. */
  readonly to: Side | undefined;
  readonly stableSeconds: number;
  readonly waitSeconds: number | null;
  readonly acceptUnproved: boolean;
  readonly letSqlServerBeRead: boolean;
  readonly keepLink: boolean;
  readonly removal: RemovalChoices;
  readonly failoverBy: PlannedFailoverChoices["failoverBy"];
  /** Undefined: a planned failover. */
  readonly forced: ForcedOptions | undefined;
  /** Clean-up, hybrid benefit, repair; undefined: a failover. */
  readonly task: TaskOptions | undefined;
  /** The link's name, typed once more: without it nothing is forced, deleted or dropped. */
  readonly typedLinkName: string | undefined;
  readonly budgetSeconds: number | null;
  /** Azure is asked by the sign-in of the Azure CLI. */
  readonly azure: AzureOptions | undefined;
  /** Only shown and checked; nothing that changes anything is sent. */
  readonly dryRun: boolean;
  /** Fingerprint of the plan, or enough of its beginning. */
  readonly approve: string | undefined;
  readonly json: boolean;
  readonly out: string | undefined;
  /** Of `readiness`: the folder for its files; undefined: none is written. */
  readonly exportTo: string | undefined;
  readonly dataDir: string | undefined;
}

export type CommandLine =
  | { readonly kind: "help" }
  | { readonly kind: "version" }
  | { readonly kind: "evidence"; readonly options: EvidenceOptions }
  | { readonly kind: "command"; readonly options: Options };

const text = { type: "string" } as const;
const flag = { type: "boolean" } as const;

const known = {
  ...serverOptionNames,
  "ca-file": text,
  environment: text,
  link: text,
  database: text,
  to: text,
  "stable-seconds": text,
  "wait-seconds": text,
  "accept-unproved": flag,
  "no-let-sql-server-be-read": flag,
  "remove-link": flag,
  "both-copies-writable-understood": flag,
  "drop-availability-group": flag,
  "leave-old-copy-writable": flag,
  "failover-by-azure": flag,
  ...forcedOptionNames,
  ...taskOptionNames,
  "link-name": text,
  "budget-seconds": text,
  ...azureOptionNames,
  "dry-run": flag,
  approve: text,
  json: flag,
  out: text,
  export: text,
  run: text,
  "data-dir": text,
  help: flag,
  version: flag,
} as const;

/** The design's own least: fewer than 5 s prove nothing. */
const leastStableSeconds = 5;
const dayInSeconds = 86_400;

/** Throws UsageError. */
export function parseOptions(args: readonly string[]): CommandLine {
  refusePasswords(args);
  const { values, positionals } = parsed(args);
  if (values.help === true || positionals[0] === "help") return { kind: "help" };
  if (values.version === true) return { kind: "version" };
  const { approve, json, out, link } = values;
  if (positionals[0] === "evidence") return evidenceLine(positionals, values);
  if (values.run !== undefined) throw new UsageError("--run goes with evidence alone.");
  const to = targetOf(values.to);
  const forced = parseForcedOptions(values, to);
  return {
    kind: "command",
    options: {
      command: commandOf(positionals),
      servers: {
        box: parseServerOptions("sql-server", values, forced !== undefined && to === "instance"),
        instance: parseServerOptions(
          "managed-instance",
          values,
          forced !== undefined && to === "box",
        ),
      },
      caFile: values["ca-file"],
      environment: environmentOf(values.environment),
      linkName: link,
      database: values.database,
      restoredAs: values["restore-as"],
      to,
      stableSeconds:
        secondsOf("--stable-seconds", values["stable-seconds"], leastStableSeconds) ??
        leastStableSeconds,
      waitSeconds: secondsOf("--wait-seconds", values["wait-seconds"], 0) ?? null,
      acceptUnproved: values["accept-unproved"] ?? false,
      letSqlServerBeRead: !(values["no-let-sql-server-be-read"] ?? false),
      keepLink: !(values["remove-link"] ?? false),
      removal: {
        dropGroup: values["drop-availability-group"] ?? false,
        keepOldCopyClosed: !(values["leave-old-copy-writable"] ?? false),
        understood: values["both-copies-writable-understood"] ?? false,
      },
      failoverBy: (values["failover-by-azure"] ?? false) ? "arm" : "tsql",
      forced,
      task: taskOf(positionals[0], values, forced),
      typedLinkName: values["link-name"],
      budgetSeconds: budgetOf(values["budget-seconds"]),
      azure: parseAzureOptions(values),
      dryRun: values["dry-run"] ?? false,
      approve: approve === undefined ? undefined : hashOf(approve),
      json: json ?? false,
      out,
      exportTo: exportOf(positionals, values.export),
      dataDir: values["data-dir"],
    },
  };
}

/** It connects to nothing, so no server is named. */
function evidenceLine(
  positionals: readonly string[],
  { run, out, json, "data-dir": dataDir }: ReturnType<typeof parsed>["values"],
): CommandLine {
  if (positionals.length > 1) throw new UsageError("evidence takes options alone. See --help.");
  if (run === undefined || !isRunId(run)) {
    throw new UsageError(
      "evidence needs --run with the id of a run, as `run` and `status` tell it.",
    );
  }
  return { kind: "evidence", options: { runId: run, out, dataDir, json: json ?? false } };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: known, allowPositionals: true, strict: true });
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split(". ")[0] ?? "") : "";
    throw new UsageError(`${reason.replace(/\.$/, "")}. See --help.`);
  }
}

/** Everybody on the computer can read the arguments of a process. */
function refusePasswords(args: readonly string[]): void {
  const given = args.find((arg) => /^--[\w-]*password(=|$)/.test(arg));
  if (given === undefined) return;
  throw new UsageError(
    `${given.replace(/=.*$/s, "")} is not taken: everybody on this computer could read it. Use --sql-server-password-env VARIABLE, --sql-server-password-fd NUMBER (also --managed-instance-...), or wait to be asked.`,
  );
}

function commandOf(positionals: readonly string[]): CommandName {
  const [first, second] = positionals;
  const [word, ...more] = isTask(first)
    ? [second ?? "check", ...positionals.slice(2)]
    : positionals;
  const isPlain = !isTask(first) || !["status", "rows", "readiness"].includes(word ?? "");
  const command = z.enum(commands).safeParse(word);
  if (command.success && more.length === 0 && isPlain) return command.data;
  const problem =
    word === undefined ? "A command is missing" : `There is no command '${positionals.join(" ")}'`;
  throw new UsageError(
    `${problem}: use one of ${[...commands, ...Object.keys(taskNames)].join(", ")}. See --help.`,
  );
}

function taskOf(
  word: string | undefined,
  values: Parameters<typeof parseTaskOptions>[1],
  forced: ForcedOptions | undefined,
): TaskOptions | undefined {
  const task = parseTaskOptions(word, values);
  if (task !== undefined && forced !== undefined) {
    throw new UsageError("--force goes with a failover alone.");
  }
  return task;
}

function exportOf(positionals: readonly string[], folder: string | undefined): string | undefined {
  if (folder === undefined) return undefined;
  if (positionals[0] !== "readiness") throw new UsageError("--export goes with readiness alone.");
  if (folder.trim() === "") throw new UsageError("--export names a folder.");
  return folder;
}

function environmentOf(value: string | undefined): Environment {
  const environment = z.enum(["practice", "test", "production"]).safeParse(value ?? "production");
  if (environment.success) return environment.data;
  throw new UsageError("--environment is practice, test or production.");
}

function targetOf(value: string | undefined): Side | undefined {
  const side = z.enum(["box", "instance"]).optional().safeParse(value);
  if (side.success) return side.data;
  throw new UsageError("--to is box (SQL Server) or instance (the managed instance).");
}

function secondsOf(option: string, value: string | undefined, least: number): number | undefined {
  if (value === undefined) return undefined;
  const seconds = /^\d{1,5}$/.test(value) ? Number(value) : Number.NaN;
  if (seconds >= least && seconds <= dayInSeconds) return seconds;
  throw new UsageError(
    `${option} is a whole number of seconds from ${String(least)} to ${String(dayInSeconds)}.`,
  );
}

/** 0 is no budget. */
function budgetOf(value: string | undefined): number | null {
  const seconds = secondsOf("--budget-seconds", value, 0) ?? defaultBudgetSeconds;
  return seconds === 0 ? null : seconds;
}

function hashOf(value: string): string {
  if (/^[0-9a-f]{64}$/i.test(value)) return value.toLowerCase();
  throw new UsageError("--approve is the whole hash of the plan: 64 hexadecimal digits.");
}
