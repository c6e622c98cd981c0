// Runs an az script as it stands under bash, with a test az and a test sqlcmd on PATH.
import { spawn } from "node:child_process";
import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import type { PracticeEstate } from "../../../practice/estate.ts";
import type { Side } from "../../../shared/estate/estate.ts";
import { serverOf } from "../../practice/server/practice-estate.ts";

export interface ScriptRun {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface AzScript {
  readonly text: string;
  /** What az is signed in with. */
  readonly token: string;
  readonly args?: readonly string[];
  /** The one server whose login is given; absent: both. */
  readonly only?: Side;
  /** What stands on standard input; absent: nothing. */
  readonly typed?: string;
}

export async function runAzScript(
  estate: PracticeEstate,
  { text, token, args = [], only, typed }: AzScript,
): Promise<ScriptRun> {
  const folder = await mkdtemp(join(tmpdir(), "az-script-"));
  try {
    const script = join(folder, "failover.sh");
    await writeFile(script, text);
    for (const name of ["az", "sqlcmd"]) {
      const program = new URL(`../../fakes/${name}.mjs`, import.meta.url).pathname;
      const file = join(folder, name);
      await writeFile(file, `#!/bin/sh\nexec '${process.execPath}' '${program}' "$@"\n`);
      await chmod(file, 0o700);
    }
    const env = environmentOf(estate, folder, token);
    const gone = only && { box: "MI_", instance: "BOX_" }[only];
    const given = Object.entries(env).filter(([name]) => !gone || !name.startsWith(gone));
    return await run(script, args, Object.fromEntries(given), typed);
  } finally {
    await rm(folder, { recursive: true });
  }
}

function environmentOf(estate: PracticeEstate, folder: string, token: string) {
  const [box, instance] = [serverOf(estate, "sqlServer"), serverOf(estate, "managedInstance")];
  return {
    PATH: `${folder}${delimiter}${process.env["PATH"] ?? ""}`,
    LANG: "C.UTF-8",
    PRACTICE_AZ_FOLDER: folder,
    PRACTICE_ARM: estate.arm.endpoint,
    PRACTICE_CA: estate.caFile,
    PRACTICE_TOKEN: token,
    BOX_USER: box.login,
    BOX_PASSWORD: box.password,
    MI_USER: instance.login,
    MI_PASSWORD: instance.password,
  };
}

function run(
  script: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  typed = "",
): Promise<ScriptRun> {
  const child = spawn("bash", [script, ...args], { env, stdio: ["pipe", "pipe", "pipe"] });
  // A script that ends before it reads leaves nobody to write to.
  child.stdin.on("error", () => undefined).end(typed);
  const output = { stdout: "", stderr: "" };
  child.stdout.setEncoding("utf8").on("data", (text: string) => (output.stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (output.stderr += text));
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (exitCode) => {
      resolve({ ...output, exitCode });
    });
  });
}
