// One command from its arguments to its exit code.
import { assertNever } from "../../shared/assert-never.ts";
import { AppError } from "../../shared/errors/app-error.ts";
import { cliAzure } from "./azure.ts";
import { check } from "./check.ts";
import { cleanUp } from "./clean-up.ts";
import type { Context, Surroundings } from "./context.ts";
import { closeBoth, connectBoth } from "./context.ts";
import { evidence } from "./evidence.ts";
import type { ExitCode } from "./exit-code.ts";
import { exitCodes } from "./exit-code.ts";
import { force } from "./force.ts";
import { help } from "./help.ts";
import { hybridBenefit } from "./hybrid-benefit.ts";
import { offlineFailBack } from "./offline-fail-back.ts";
import type { Options } from "./options.ts";
import { parseOptions } from "./options.ts";
import { answerProblems } from "./output.ts";
import { readiness } from "./readiness.ts";
import { readPasswords } from "./passwords.ts";
import { plan, script } from "./plan.ts";
import { repair } from "./repair.ts";
import { rows } from "./rows.ts";
import { run } from "./run.ts";
import { status } from "./status.ts";
import { loginsFor, readAuthority, refuseMixedEstates } from "./trust.ts";
import { UsageError } from "./usage-error.ts";
import { toolVersion } from "../run/tool-version.ts";

/** Never rejects for what an operator can cause; a defect rejects. */
export async function main(args: readonly string[], surroundings: Surroundings): Promise<ExitCode> {
  const { terminal } = surroundings;
  try {
    const line = parseOptions(args);
    if (line.kind === "help") terminal.print(help);
    else if (line.kind === "version") terminal.print(toolVersion);
    else if (line.kind === "evidence") return evidence(line.options, surroundings);
    else return await command(line.options, surroundings);
    return exitCodes.done;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    terminal.tell(error.message);
    return exitCodes.usage;
  }
}

async function command(options: Options, surroundings: Surroundings): Promise<ExitCode> {
  const authority = readAuthority(options.caFile);
  refuseMixedEstates(options, authority);
  const passwords = await readPasswords(options.servers, surroundings.terminal);
  const logins = loginsFor(options, passwords, authority);
  const azure = cliAzure(options, authority, surroundings.clock);
  const sides = await connectBoth(surroundings.connector, logins, options.servers);
  const sources = { ...sides, ...(azure === undefined ? {} : { azure: azure.readForEstate }) };
  const context: Context = { ...surroundings, options, logins, sources, azure };
  try {
    return await perform(context);
  } catch (error) {
    if (error instanceof AppError) return answerProblems(context, [error.problem]);
    throw error;
  } finally {
    await closeBoth(sources);
  }
}

function perform(context: Context): Promise<ExitCode> {
  const { command: name, forced, task } = context.options;
  if (task?.kind === "offlineFailBack") return offlineFailBack(context, task);
  if (task?.kind === "cleanUp") return cleanUp(context, task);
  if (task?.kind === "repair") return repair(context, task);
  if (task?.kind === "hybridBenefit") return hybridBenefit(context, task);
  if (forced !== undefined) return force(context, forced);
  switch (name) {
    case "status":
      return status(context);
    case "check":
      return check(context);
    case "readiness":
      return readiness(context);
    case "plan":
      return plan(context);
    case "script":
      return script(context);
    case "run":
      return run(context);
    case "rows":
      return rows(context);
    default:
      return assertNever(name);
  }
}
