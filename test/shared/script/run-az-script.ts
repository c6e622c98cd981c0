// Runs an az script as it stands under bash, with a test az and a test sqlcmd on PATH.
import { spawn } from "node:child_process";
import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import type { PracticeEstate } from "../../../practice/estate.ts";
import { serverOf } from "../../practice/server/practice-estate.ts";

export interface ScriptRun {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** `token`: what az is signed in with. */
export async function runAzScript(
  estate: PracticeEstate,
  { text, token, args = [] }: { text: string; token: string; args?: readonly string[] },
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
    return await run(script, args, environmentOf(estate, folder, token));
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
): Promise<ScriptRun> {
  const child = spawn("bash", [script, ...args], { env, stdio: ["ignore", "pipe", "pipe"] });
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
