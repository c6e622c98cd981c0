// The guided run of `npm start`: a practice estate, the command line as an operator would type it, and the world's own word at the end.
import path from "node:path";
import readline from "node:readline/promises";
import { start } from "./child.mjs";
import { complaints, describe } from "./practice-verdict.mjs";
import { startPracticeEstate } from "./practice-estate.mjs";
import { root } from "./root.mjs";

const cli = path.join(root, "out", "electron", "cli.js");
// Each start has a folder of its own: the practice servers have the same names every time, and a run that was left behind
// in a world that is gone must not be looked for in the next one.
const started = new Date().toISOString().replaceAll(/[-:]|\.\d+/g, "");
const folder = path.join(root, "out", "practice-run", started);
const passwordVariables = {
  sqlServer: "MI_LINK_SQL_SERVER_PASSWORD",
  managedInstance: "MI_LINK_MANAGED_INSTANCE_PASSWORD",
};
const optionNames = { sqlServer: "sql-server", managedInstance: "managed-instance" };

/** The options that tell the command line where the practice servers are; passwords go through the environment. */
export function connectOptions(ready) {
  const servers = ready.servers.flatMap((server) => {
    const option = optionNames[server.kind];
    return [
      [`--${option}`, `${server.host},${server.port}`],
      [`--${option}-login`, server.login],
      [`--${option}-password-env`, passwordVariables[server.kind]],
      [`--${option}-certificate-name`, server.name],
    ].flat();
  });
  return [...servers, "--ca-file", ready.caFile, "--environment", "practice", "--data-dir", folder];
}

/** The environment that carries the passwords to the command line. */
export function passwordEnvironment(ready) {
  return Object.fromEntries(
    ready.servers.map((server) => [passwordVariables[server.kind], server.password]),
  );
}

function heading(text) {
  console.log(`\n== ${text}`);
}

/** Waits for Enter on a terminal; without one it goes on by itself. */
async function pause(text) {
  if (process.stdin.isTTY !== true) return;
  const asking = readline.createInterface({ input: process.stdin, output: process.stdout });
  await asking.question(`   ${text} Press Enter. `);
  asking.close();
}

/** Runs the command line with its output shown; `captured` is what it wrote to standard output. */
function command(words, options, env, show = true) {
  return new Promise((resolve, reject) => {
    if (show) console.log(`   mi-link-failover ${words.join(" ")}\n`);
    const child = start(process.execPath, [cli, ...words, ...options], {
      env: { ...process.env, ...env },
      stdio: ["ignore", show ? "inherit" : "pipe", "inherit"],
    });
    let captured = "";
    child.stdout?.setEncoding("utf8").on("data", (text) => (captured += text));
    child.once("error", reject);
    child.once("close", (code) => resolve({ code: code ?? 1, captured }));
  });
}

/** @returns {Promise<number>} 0 when the world itself says that the failover went well */
export async function guide() {
  heading(
    "The practice estate starts: a SQL Server and a managed instance joined by a link, on this machine",
  );
  const estate = await startPracticeEstate(["--scenario", "healthy"]);
  const [options, env] = [connectOptions(estate.ready), passwordEnvironment(estate.ready)];
  for (const { name, host, port } of estate.ready.servers)
    console.log(`   ${name} on ${host},${port}`);

  heading("What both sides say");
  await command(["status"], options, env);
  heading("Is the link ready?");
  await command(["check"], options, env);
  heading("The plan");
  await command(["plan"], options, env);
  const { code, captured } = await command(["plan", "--json"], options, env, false);
  if (code !== 0) return code;
  const { hash } = JSON.parse(captured);

  await pause("Next: the run. It waits at its gate while the application still writes.");
  heading("The run");
  const running = command(["run", "--approve", hash], options, env);
  await stopApplication(estate);
  const { code: ended } = await running;

  heading("What the practice world itself says");
  const { value: truth } = await estate.control({ ask: "truth" });
  const problems = complaints(truth);
  console.log(`   ${describe(truth)}`);
  for (const problem of problems) console.log(`   NOT AS IT SHOULD BE: ${problem}`);
  console.log(`   Report, scripts and journal: ${folder}`);
  estate.stop();
  return ended === 0 && problems.length > 0 ? 1 : ended;
}

/** The operator's part of the job: the application stops writing, here by the estate's control line. */
async function stopApplication(estate) {
  if (process.stdin.isTTY === true) await pause("Stop the practice application?");
  else await new Promise((resolve) => setTimeout(resolve, 8000));
  await estate.control({ do: "workload", running: false });
  console.error("   (practice: the application has stopped writing)");
}
