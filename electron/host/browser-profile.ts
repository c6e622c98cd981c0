// The browser profile of one window: a new folder of this user's own, gone afterwards; what a killed one left is swept.
import { lstatSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";

const prefix = "mi-link-window-";

/** Makes `mi-link-window-<process id>-<chance>` below `temporary`, mode 0700. */
export function makeProfile(temporary: string): string {
  return mkdtempSync(join(temporary, `${prefix}${String(process.pid)}-`));
}

/** The browser may still be writing its last files: tried for some seconds. Throws nothing; the next start sweeps. */
export function removeProfile(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  } catch {
    // Still held open by the system: the next start finds it again.
  }
}

/** Removes profiles of this user whose process is gone. */
export function sweepProfiles(temporary: string): void {
  for (const name of readdirSync(temporary)) {
    const owner = /^mi-link-window-(\d+)-\w+$/.exec(name)?.[1];
    if (owner === undefined || isAlive(Number(owner))) continue;
    const folder = join(temporary, name);
    if (isOurs(folder)) removeProfile(folder);
  }
}

function isAlive(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    // EPERM: there is one, of somebody else.
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

/** Anybody can make a folder of that name in a shared temporary folder. */
function isOurs(folder: string): boolean {
  const found = lstatSync(folder, { throwIfNoEntry: false });
  return found?.isDirectory() === true && found.uid === (process.getuid?.() ?? found.uid);
}
