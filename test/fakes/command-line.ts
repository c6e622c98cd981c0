// The command line as an operator types it against a practice estate: in this process, with its output kept.
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { PracticeEstate } from "../../practice/estate.ts";
import { main } from "../../electron/cli/main.ts";
import { realClock } from "../../electron/run/clock.ts";
import type { Clock } from "../../electron/run/clock.ts";
import { defaultRunSettings } from "../../electron/run/run-tools.ts";
import { mssqlConnector } from "../../electron/sql/mssql-session.ts";

export interface Typed {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export interface Surrounding {
  readonly environment?: Readonly<Record<string, string>>;
  /** What somebody answers on the terminal; absent: there is no terminal. */
  readonly says?: readonly string[];
  readonly clock?: Clock;
  /** Called with each line on standard error. */
  readonly onTold?: (line: string, interrupt: () => void) => void;
}

export async function type(args: readonly string[], around: Surrounding = {}): Promise<Typed> {
  const out: string[] = [];
  const err: string[] = [];
  const left = new AbortController();
  let interrupt: () => void = () => undefined;
  const answers = [...(around.says ?? [])];
  const say = (question: string) => {
    err.push(question);
    return Promise.resolve(answers.shift() ?? "");
  };
  const running = main(args, {
    terminal: {
      environment: around.environment ?? {},
      isInteractive: around.says !== undefined,
      print: (text) => out.push(text),
      tell(text) {
        err.push(text);
        around.onTold?.(text, () => {
          interrupt();
        });
      },
      ask: say,
      askSecret: say,
    },
    connector: mssqlConnector,
    clock: around.clock ?? realClock,
    settings: defaultRunSettings,
    onInterrupt(act) {
      interrupt = act;
    },
    leave: (code) => {
      left.abort(code);
    },
  });
  const gone = new Promise<number>((resolve) => {
    left.signal.addEventListener("abort", () => {
      resolve(Number(left.signal.reason));
    });
  });
  const code = await Promise.race([running, gone]);
  return { code, out: out.join("\n"), err: err.join("\n") };
}

/** The options that lead to both servers of an estate, and the environment that holds the passwords. */
export function towards(estate: Pick<PracticeEstate, "servers" | "caFile">): {
  readonly options: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly dataDir: string;
} {
  const dataDir = mkdtempSync(join(tmpdir(), "mi-link-data-"));
  const prefixes = { sqlServer: "--sql-server", managedInstance: "--managed-instance" };
  const servers = estate.servers.flatMap(({ kind, host, port, login, name }) => [
    prefixes[kind],
    `${host},${String(port)}`,
    `${prefixes[kind]}-login`,
    login,
    `${prefixes[kind]}-password-env`,
    kind,
    `${prefixes[kind]}-certificate-name`,
    name,
  ]);
  return {
    options: [
      ...servers,
      "--ca-file",
      estate.caFile,
      "--environment",
      "practice",
      "--data-dir",
      dataDir,
    ],
    environment: Object.fromEntries(estate.servers.map((one) => [one.kind, one.password])),
    dataDir,
  };
}
