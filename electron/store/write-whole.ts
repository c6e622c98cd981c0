// Writes a file whole or not at all: beside its place first, flushed, then put there by one rename.
import { randomBytes } from "node:crypto";
import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from "node:fs";

/**
 * Mode 0600. `overwrite: false` throws Node's EEXIST for a path that is taken; the place is taken first, so that nobody else can
 * have it in between. Throws what the file system says; then nothing is left behind.
 */
export function writeWhole(path: string, text: string, overwrite: boolean): void {
  if (!overwrite) closeSync(openSync(path, "wx", 0o600));
  const beside = `${path}.${randomBytes(4).toString("hex")}.part`;
  try {
    const descriptor = openSync(beside, "wx", 0o600);
    try {
      writeFileSync(descriptor, text, "utf8");
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    renameSync(beside, path);
  } catch (error) {
    rmSync(beside, { force: true });
    if (!overwrite) rmSync(path, { force: true });
    throw error;
  }
}
