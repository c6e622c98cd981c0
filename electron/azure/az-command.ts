// How the Azure CLI is started on this system: `az` itself, or on Windows its batch file by way of cmd.exe.
import { accessSync } from "node:fs";
import path from "node:path";

export interface AzCommand {
  readonly file: string;
  readonly args: readonly string[];
  /** The arguments are a command line already. */
  readonly isVerbatim: boolean;
}

export interface System {
  readonly platform: NodeJS.Platform;
  readonly env: NodeJS.ProcessEnv;
}

/** What needs no quoting, for any shell. */
const plainWord = /^[\w.:/-]+$/;

/**
 * Undefined where there is no az. Throws Error for a word that would need quoting: execFile starts no batch file ("child_process:
 * Spawning .bat and .cmd files on Windows"), and cmd.exe reads its line as a program. az.cmd is looked for here, since cmd.exe
 * would take one from the folder it is started in first.
 */
export function azCommand(
  words: readonly string[],
  { platform, env }: System,
): AzCommand | undefined {
  const odd = words.find((word) => !plainWord.test(word));
  if (odd !== undefined) throw new Error("A word for the Azure CLI is not plain.");
  if (platform !== "win32") return { file: "az", args: words, isVerbatim: false };
  const script = batchFile(env);
  if (script === undefined) return undefined;
  // /s: the outermost quotes are taken off, and nothing else is.
  const line = `""${script}" ${words.join(" ")}"`;
  const shell = path.win32.join(env["SystemRoot"] ?? "C:\\Windows", "System32", "cmd.exe");
  return { file: shell, args: ["/d", "/s", "/c", line], isVerbatim: true };
}

/** Of the folders in PATH that are whole addresses and mean nothing to cmd.exe. */
function batchFile(env: NodeJS.ProcessEnv): string | undefined {
  const name = Object.keys(env).find((one) => one.toLowerCase() === "path") ?? "PATH";
  return (env[name] ?? "")
    .split(";")
    .filter((folder) => path.win32.isAbsolute(folder) && !/["%!^]/.test(folder))
    .map((folder) => path.win32.join(folder, "az.cmd"))
    .find(isThere);
}

function isThere(file: string): boolean {
  try {
    accessSync(file);
    return true;
  } catch {
    return false;
  }
}
