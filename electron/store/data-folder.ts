// Where the product keeps its runs on this machine: the platform's own place, or the first that can be written.
import { lstatSync, mkdirSync, accessSync, constants } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join, posix, win32 } from "node:path";
import { AppError } from "../../shared/errors/app-error.ts";

const productFolder = "mi-link-failover";

/** What the choice of the folder depends on; the real values are `thisMachine()`. */
export interface Machine {
  readonly platform: NodeJS.Platform;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly home: string | undefined;
  readonly temporary: string;
  readonly userId: number | undefined;
}

export function thisMachine(): Machine {
  return {
    platform: process.platform,
    environment: process.env,
    home: homeOrNothing(),
    temporary: tmpdir(),
    userId: process.getuid?.(),
  };
}

/**
 * Candidates from best to last resort: XDG_DATA_HOME or ~/.local/share, ~/Library/Application Support, %LOCALAPPDATA%;
 * where there is no home, a folder of this user's own below the temporary one. Relative paths in the environment are ignored, as XDG asks.
 */
export function dataFolderCandidates(machine: Machine): readonly string[] {
  const { environment, home } = machine;
  const path = machine.platform === "win32" ? win32 : posix;
  const absolute = (folder: string | undefined) =>
    folder !== undefined && path.isAbsolute(folder) ? [path.join(folder, productFolder)] : [];
  const below = (...parts: readonly string[]) =>
    absolute(home === undefined || home === "" ? undefined : path.join(home, ...parts));
  const last = path.join(machine.temporary, `${productFolder}-${String(machine.userId ?? "user")}`);
  switch (machine.platform) {
    case "win32":
      return [...absolute(environment["LOCALAPPDATA"]), ...below("AppData", "Local"), last];
    case "darwin":
      return [...below("Library", "Application Support"), last];
    default:
      return [...absolute(environment["XDG_DATA_HOME"]), ...below(".local", "share"), last];
  }
}

/**
 * The data folder, made with mode 0700. `override` (--data-dir) is taken as it is and must be writable.
 * Throws AppError `noDataFolder`.
 */
export function openDataFolder(override: string | undefined, machine: Machine): string {
  const candidates = override === undefined ? dataFolderCandidates(machine) : [override];
  const failures: string[] = [];
  for (const folder of candidates) {
    try {
      return madeUsable(folder, machine);
    } catch (error) {
      failures.push(error instanceof Error ? error.message : folder);
    }
  }
  throw new AppError({
    code: "noDataFolder",
    class: "fatal",
    summary: `No folder for journals and reports can be written: ${candidates.join(", ")}.`,
    detail: failures.join("\n"),
    remedy: "Name a folder that this user can write with --data-dir.",
  });
}

/** A folder below a shared temporary one may have been put there by somebody else: it must be ours, and no symbolic link. */
function madeUsable(folder: string, { temporary, userId }: Machine): string {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const found = lstatSync(folder);
  const isOurs = found.isDirectory() && (userId === undefined || found.uid === userId);
  if (folder.startsWith(join(temporary, productFolder)) && !isOurs) {
    throw new Error(`${folder} belongs to somebody else.`);
  }
  accessSync(folder, constants.W_OK);
  return folder;
}

function homeOrNothing(): string | undefined {
  try {
    return homedir();
  } catch {
    // No HOME and no entry in the user database: there simply is no home.
    return undefined;
  }
}
