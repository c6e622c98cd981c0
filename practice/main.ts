// The practice estate as a process of its own: joins the command line with the standard streams and signals.
import { runPractice } from "./command-line.ts";
import { linesOfParent } from "./control/lines-of-parent.ts";

const interrupted = new AbortController();
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.on(signal, () => {
    interrupted.abort();
  });
}

process.exitCode = await runPractice(process.argv.slice(2), {
  // An Electron utility process has no standard input: lines come as messages.
  input: linesOfParent(process) ?? process.stdin,
  output: process.stdout,
  errors: process.stderr,
  interrupted: interrupted.signal,
});
