// The practice estate as a process of its own: joins the command line with the standard streams and signals.
import { runPractice } from "./command-line.ts";

const interrupted = new AbortController();
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.on(signal, () => {
    interrupted.abort();
  });
}

process.exitCode = await runPractice(process.argv.slice(2), {
  input: process.stdin,
  output: process.stdout,
  errors: process.stderr,
  interrupted: interrupted.signal,
});
