// The built practice estate and the built command line as processes of their own, as on the operator's jump box.
import { spawn } from "node:child_process";
import type { ChildProcessWithoutNullStreams } from "node:child_process";
import { EventEmitter, once } from "node:events";
import { existsSync, rmSync } from "node:fs";
import { resolve } from "node:path";
import { createInterface } from "node:readline";
import { vi } from "vitest";
import { z } from "zod";
import type { ControlRequest } from "../../../practice/control/request.ts";
import type { Truth } from "../../../practice/world/truth.ts";
import { towards } from "../../fakes/command-line.ts";
import { startProgram } from "../../fakes/started-program.ts";
import type { Started } from "../../fakes/started-program.ts";

const estateFile = resolve("out/practice/main.js");
const commandLineFile = resolve("out/electron/cli.js");

/** One estate and the operators that work on it. */
export interface Rehearsal {
  /** Asks the world itself; rejects with its reason when it refuses. */
  control(request: ControlRequest): Promise<unknown>;
  truth(): Promise<Truth>;
  /** Waits for a state of the world; `what` says which one never came. */
  until(what: string, fits: (truth: Truth) => boolean): Promise<Truth>;
  /** Somebody at a computer of his own: with a data folder that nobody else has. */
  operator(): Operator;
}

export interface Operator {
  readonly dataDir: string;
  readonly passwords: readonly string[];
  readonly options: readonly string[];
  /** The whole command line as a shell would be given it; the passwords are in the environment of `start` alone. */
  commandLine(words: readonly string[]): readonly string[];
  start(words: readonly string[]): Started;
  /** Of the plan that `plan` shows. */
  hash(): Promise<string>;
}

/** What `npm run practice` prints. */
export const readyLine = z.object({
  ready: z.literal(true),
  caFile: z.string(),
  servers: z.array(
    z.object({
      kind: z.enum(["sqlServer", "managedInstance"]),
      name: z.string(),
      host: z.string(),
      port: z.number(),
      login: z.string(),
      password: z.string(),
      encrypt: z.enum(["optional", "mandatory"]),
    }),
  ),
});

const answerLine = z.union([
  z.object({ id: z.number(), ok: z.literal(true), value: z.unknown() }),
  z.object({ id: z.number().nullable(), ok: z.literal(false), error: z.string() }),
]);

const estates = new Set<ChildProcessWithoutNullStreams>();
const commands = new Set<Started>();
const folders = new Set<string>();

/** For afterAll: what a failed test left is killed, estates end as told and take their certificates with them. */
export async function endRehearsals(): Promise<void> {
  for (const { child } of commands) child.kill("SIGKILL");
  await Promise.all([...commands].map(({ ended }) => ended));
  const gone = [...estates].map(async (child) => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const closed = once(child, "close");
    child.stdin.end();
    await closed;
  });
  await Promise.all(gone);
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
}

/** `args` as for `npm run practice`. */
export async function rehearse(...args: readonly string[]): Promise<Rehearsal> {
  if (![estateFile, commandLineFile].every((file) => existsSync(file))) {
    throw new Error("npm run build comes before these tests.");
  }
  const child = spawn(process.execPath, [estateFile, "--control", ...args], { stdio: "pipe" });
  child.stderr.resume();
  estates.add(child);
  const { ready, control } = await conversation(child);
  // The world's own account, written by the estate from this very type.
  const truth = async () => (await control({ ask: "truth" })) as Truth;
  return {
    control,
    truth,
    until: (what, fits) =>
      vi.waitFor(
        async () => {
          const now = await truth();
          if (!fits(now)) throw new Error(`The world never came to this: ${what}.`);
          return now;
        },
        { timeout: 60_000, interval: 50 },
      ),
    operator: () => operatorOf(ready),
  };
}

/** The estate's first line, and its answers by the number of the question. Rejects when it ends before. */
async function conversation(child: ChildProcessWithoutNullStreams) {
  const ended = new AbortController();
  child.once("close", () => {
    ended.abort(new Error("The practice estate ended."));
  });
  const { signal } = ended;
  const lines = createInterface({ input: child.stdout });
  const [first] = z.tuple([z.string()]).parse(await once(lines, "line", { signal }));
  const answers = new EventEmitter();
  lines.on("line", (line) => {
    const answer = answerLine.parse(JSON.parse(line));
    answers.emit(String(answer.id), answer);
  });
  let asked = 0;
  const control = async (request: ControlRequest): Promise<unknown> => {
    const id = ++asked;
    const heard = once(answers, String(id), { signal });
    child.stdin.write(`${JSON.stringify({ ...request, id })}\n`);
    const [answer] = z.tuple([answerLine]).parse(await heard);
    if (!answer.ok) throw new Error(answer.error);
    return answer.value;
  };
  return { ready: readyLine.parse(JSON.parse(first)), control };
}

function operatorOf(ready: z.infer<typeof readyLine>): Operator {
  const { options, environment, dataDir } = towards(ready);
  folders.add(dataDir);
  const start = (words: readonly string[]) => {
    const args = [commandLineFile, ...words, ...options];
    const started = startProgram(process.execPath, args, { environment });
    commands.add(started);
    return started;
  };
  return {
    dataDir,
    options,
    commandLine: (words) => [process.execPath, commandLineFile, ...words, ...options],
    passwords: ready.servers.map(({ password }) => password),
    start,
    async hash() {
      const { out } = await start(["plan", "--json"]).ended;
      return z.object({ hash: z.string() }).parse(JSON.parse(out)).hash;
    },
  };
}

/** How often FAILOVER reached an engine, refused ones included. */
export function failoversOf({ changes }: Truth): number {
  return changes
    .filter(({ text }) => text.endsWith(" FAILOVER"))
    .reduce((sum, { count }) => sum + count, 0);
}

/** Who is primary, and what FAILOVER did. */
export function rolesOf(truth: Truth): readonly string[] {
  return [truth.box.role, truth.instance.role];
}
