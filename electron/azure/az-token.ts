// One token of the account that is signed in to the Azure CLI, by `az account get-access-token`.
import { execFile } from "node:child_process";
import { z } from "zod";
import { AppError } from "../../shared/errors/app-error.ts";
import { visibleText } from "../../shared/visible-text.ts";
import type { System } from "./az-command.ts";
import { azCommand } from "./az-command.ts";

export interface AzToken {
  readonly token: string;
  /** ms since 1970 UTC. */
  readonly endsMs: number;
  readonly tenantId: string;
}

/** az starts Python and may ask Entra. */
const patienceMs = 60_000;

const signInRemedy = "Run az login in this account, then try again.";

/** `expires_on` (2.54 and newer) is in seconds since 1970; `expiresOn` is local time without a zone. */
const azAnswer = z
  .object({
    accessToken: z.string().min(1),
    expires_on: z.number().optional(),
    expiresOn: z.string().optional(),
    tenant: z.string(),
  })
  .transform(({ accessToken: token, expires_on: seconds, expiresOn, tenant: tenantId }) => {
    const endsMs = seconds === undefined ? Date.parse(expiresOn ?? "") : seconds * 1000;
    return { token, endsMs, tenantId };
  })
  .refine(({ endsMs }) => Number.isFinite(endsMs), "no end");

/** `tenantId` undefined: az's own. Throws AppError, which never holds what az wrote to standard output. */
export async function azToken(
  { resource, tenantId }: { readonly resource: string; readonly tenantId: string | undefined },
  system: System,
): Promise<AzToken> {
  const words = ["account", "get-access-token", "--output", "json", "--resource", resource];
  const output = await run(
    tenantId === undefined ? words : [...words, "--tenant", tenantId],
    system,
  );
  const parsed = azAnswer.safeParse(jsonOf(output));
  if (parsed.success) return parsed.data;
  throw new AppError({
    code: "azureCliNotUnderstood",
    class: "block",
    summary: "The Azure CLI answered without a token that this version understands.",
    remedy: "Update the Azure CLI, or sign in to Azure in another way.",
  });
}

function run(words: readonly string[], system: System): Promise<string> {
  const command = azCommand(words, system);
  if (command === undefined) return Promise.reject(missing());
  const { file, args, isVerbatim } = command;
  const options = {
    env: system.env,
    timeout: patienceMs,
    windowsHide: true,
    windowsVerbatimArguments: isVerbatim,
  };
  return new Promise((resolve, reject) => {
    const child = execFile(file, args, options, (error, stdout, stderr) => {
      if (error === null) resolve(stdout);
      // The error of execFile quotes all that was written; it is not kept.
      else if (error.code === "ENOENT") reject(missing());
      else reject(error.killed === true ? noAnswer() : refused(stderr));
    });
    // Where az would ask something, nobody is there to answer.
    child.stdin?.end();
  });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function missing(): AppError {
  return new AppError({
    code: "azureCliMissing",
    class: "block",
    summary: "The Azure CLI (az) is not installed here, or not in PATH.",
    remedy: "Install the Azure CLI and run az login, or sign in to Azure in another way.",
  });
}

function noAnswer(): AppError {
  return new AppError({
    code: "azureCliNoAnswer",
    class: "retry",
    summary: `The Azure CLI gave no token within ${patienceMs / 1000} s.`,
    remedy: `Try again; if it stays: ${signInRemedy}`,
  });
}

function refused(stderr: string): AppError {
  const lines = stderr.split(/\r?\n/).map((line) => line.trim());
  const reason = lines.findLast((line) => line !== "") ?? "It gave no reason.";
  return new AppError({
    code: "azureCliRefused",
    class: "block",
    summary: `The Azure CLI gave no token. ${visibleText(reason)}`,
    detail: reason,
    remedy: signInRemedy,
  });
}
