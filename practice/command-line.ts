// `npm run practice`: starts the estate, prints its one JSON line, answers control requests, and ends when told to.
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import { help, parseOptions, type Options } from "./control/options.ts";
import { startPracticeEstate, type PracticeEstate } from "./estate.ts";
import { findScenario, scenarios } from "./scenarios/all.ts";

/** Standard streams, and a signal that aborts on SIGINT or SIGTERM. */
export interface Surroundings {
  readonly input: Readable;
  readonly output: Writable;
  readonly errors: Writable;
  readonly interrupted: AbortSignal;
}

/** Resolves to the exit code when everything is closed: 0, or 2 for a wrong command line. */
export async function runPractice(
  args: readonly string[],
  surroundings: Surroundings,
): Promise<0 | 2> {
  const { errors, output } = surroundings;
  const parsed = parseOptions(args);
  switch (parsed.kind) {
    case "help":
      output.write(help);
      return 0;
    case "list":
      output.write(listOfScenarios());
      return 0;
    case "wrong":
      errors.write(`${parsed.problem}\n`);
      return 2;
    case "start":
      if (findScenario(parsed.options.scenario) === undefined) {
        errors.write(`There is no scenario '${parsed.options.scenario}'. There are:\n`);
        errors.write(listOfScenarios());
        return 2;
      }
      await serve(parsed.options, surroundings);
      return 0;
  }
}

async function serve(options: Options, surroundings: Surroundings): Promise<void> {
  const { speed, control, workloadStopsAfterSeconds, ...rest } = options;
  const estate = await startPracticeEstate({ ...rest, clock: { speed } });
  const { scenario, servers, caFile, arm, entra } = estate;
  writeLine(surroundings.output, { ready: true, scenario, servers, caFile, arm, entra });
  surroundings.errors.write(
    `Scenario ${scenario} is running on this computer. Press Ctrl+C to end it.\n`,
  );
  if (surroundings.interrupted.aborted) void estate.stop();
  surroundings.interrupted.addEventListener("abort", () => void estate.stop());
  if (workloadStopsAfterSeconds !== null) {
    // Rejected only when the estate ends before.
    estate.world.wait(workloadStopsAfterSeconds * 1000, surroundings.interrupted).then(
      () => {
        estate.world.setWorkload(false);
      },
      () => undefined,
    );
  }
  if (control) answerLines(estate, surroundings);
  await estate.stopped;
}

/** One answer line for each request line; the end of the input stops the estate. */
function answerLines(estate: PracticeEstate, { input, output }: Surroundings): void {
  const lines = createInterface({ input });
  lines.on("line", (line) => {
    if (line.trim() !== "") writeLine(output, estate.control(parseLine(line)));
  });
  lines.on("close", () => void estate.stop());
  void estate.stopped.then(() => {
    lines.close();
  });
}

/** A line that is no JSON becomes a request that nobody knows. */
function parseLine(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function writeLine(output: Writable, value: unknown): void {
  output.write(`${JSON.stringify(value)}\n`);
}

function listOfScenarios(): string {
  const width = Math.max(...scenarios.map(({ name }) => name.length));
  return scenarios.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}\n`).join("");
}
