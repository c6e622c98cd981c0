// Writes a whole folder or none: beside its place first, then moved there.
import { randomBytes } from "node:crypto";
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";

export interface FolderFile {
  /** Inside the folder, with / between its parts. */
  readonly path: string;
  readonly content: Buffer;
}

/**
 * Folders 0700, files 0600. Answers false for a place that is taken, and then changes nothing there. Throws what the file
 * system says; then nothing is left behind.
 */
export function writeFolderWhole(folder: string, files: readonly FolderFile[]): boolean {
  if (existsSync(folder)) return false;
  const beside = `${folder}.${randomBytes(4).toString("hex")}.part`;
  try {
    mkdirSync(beside, { mode: 0o700 });
    for (const { path, content } of files) {
      const file = join(beside, ...path.split("/"));
      mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
      writeFlushed(file, content);
    }
    renameSync(beside, folder);
    return true;
  } catch (error) {
    rmSync(beside, { recursive: true, force: true });
    throw error;
  }
}

function writeFlushed(file: string, content: Buffer): void {
  const descriptor = openSync(file, "wx", 0o600);
  try {
    writeFileSync(descriptor, content);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
