// Runs FreeTDS's tsql against a practice server, with a freetds.conf of its own.
import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface TsqlOptions {
  readonly port: number;
  readonly login?: string;
  readonly password: string;
  /** What is typed at the prompt; `go` ends a batch. */
  readonly input: string;
  /** Lines of freetds.conf, for example `encryption = require`. */
  readonly settings?: readonly string[];
  /** Checks the server's certificate against this authority. */
  readonly caCertificatePem?: string;
  /** Output options; quiet (`-o q`) where absent. */
  readonly output?: readonly string[];
}

export interface TsqlResult {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number | null;
}

/** Fields are parted by `|`. */
export async function tsql(options: TsqlOptions): Promise<TsqlResult> {
  const folder = await mkdtemp(join(tmpdir(), "freetds-"));
  try {
    const file = join(folder, "freetds.conf");
    const caFile = join(folder, "ca.pem");
    if (options.caCertificatePem !== undefined) await writeFile(caFile, options.caCertificatePem);
    const settings = [
      ...(options.caCertificatePem === undefined ? [] : [`ca file = ${caFile}`]),
      "host = 127.0.0.1",
      `port = ${String(options.port)}`,
      "tds version = 7.4",
      "client charset = UTF-8",
      ...(options.settings ?? []),
    ];
    await writeFile(file, ["[practice]", ...settings, ""].join("\n"));
    return await run(file, options);
  } finally {
    await rm(folder, { recursive: true });
  }
}

function run(configFile: string, options: TsqlOptions): Promise<TsqlResult> {
  const login = ["-U", options.login ?? "dba", "-P", options.password];
  const child = spawn(
    "tsql",
    ["-S", "practice", ...login, ...(options.output ?? ["-o", "q"]), "-t", "|"],
    {
      env: { PATH: process.env["PATH"], FREETDSCONF: configFile, LANG: "C.UTF-8" },
    },
  );
  const output = { stdout: "", stderr: "" };
  child.stdout.setEncoding("utf8").on("data", (text: string) => (output.stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (output.stderr += text));
  child.stdin.on("error", () => undefined);
  child.stdin.end(options.input);
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (exitCode) => {
      resolve({ ...output, exitCode });
    });
  });
}
