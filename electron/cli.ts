// The command line: `mi-link-failover status|check|plan|run|script`.
import { main } from "./cli/main.ts";
import { processTerminal } from "./cli/terminal.ts";
import { realClock } from "./run/clock.ts";
import { defaultRunSettings } from "./run/run-tools.ts";
import { mssqlConnector } from "./sql/mssql-session.ts";

// tedious hands an address without a name to TLS as it is (DEP0123); an operator can do nothing about it.
Object.assign(process, { noDeprecation: true });

const code = await main(process.argv.slice(2), {
  terminal: processTerminal(),
  connector: mssqlConnector,
  clock: realClock,
  settings: defaultRunSettings,
  onInterrupt(act, until) {
    process.on("SIGINT", act);
    until.addEventListener("abort", () => process.off("SIGINT", act), { once: true });
  },
  leave: (exitCode) => process.exit(exitCode),
});
// On Windows a pipe is written later, and leaving would cut the answer off.
await new Promise<void>((resolve) =>
  process.stdout.write("", () => {
    resolve();
  }),
);
// A statement whose answer never came keeps its connection, and that must not keep the process.
process.exit(code);
