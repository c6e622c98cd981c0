// Saving what the window shows: where to, and the file itself.
import { readdirSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { basename, dirname, isAbsolute, join, resolve } from "node:path";
import type { Dirent } from "node:fs";
import { AppError } from "../../shared/errors/app-error.ts";
import type { RequestInput, RequestOutput } from "../../shared/ipc.ts";
import { visibleText } from "../../shared/visible-text.ts";
import type { FolderFile } from "../store/write-folder.ts";
import { writeFolderWhole } from "../store/write-folder.ts";
import { writeWhole } from "../store/write-whole.ts";
import type { HostNeeds } from "./host-needs.ts";

export interface Files {
  /** Throws AppError `noNativeDialog` where the host has none. */
  pickSavePath(
    input: RequestInput<"file.pickSavePath">,
  ): Promise<RequestOutput<"file.pickSavePath">>;
  /** null lists the operator's home. */
  listFolder(input: RequestInput<"file.listFolder">): RequestOutput<"file.listFolder">;
  /** Whole or not at all, mode 0600. Throws AppError `fileExists`, or `fileNotWritten` with the system's own words. */
  save(input: RequestInput<"file.save">): RequestOutput<"file.save">;
  /** The same of a folder; one that is there is left as it is, and is AppError `folderExists`. */
  saveFolder(path: string, files: readonly FolderFile[]): { readonly path: string };
}

/**
 * Where there is a native dialog, only a path that the operator picked there is written to: the page alone cannot choose
 * one.
 */
export function createFiles(pickSavePath: HostNeeds["pickSavePath"]): Files {
  const picked = new Set<string>();
  const admit = (path: string) => {
    if (!isAbsolute(path)) throw notAbsolute(path);
    if (pickSavePath !== undefined && !picked.has(resolve(path))) throw notPicked(path);
  };
  return {
    async pickSavePath({ suggestedName }) {
      if (pickSavePath === undefined) throw noNativeDialog();
      const path = await pickSavePath(basename(suggestedName));
      if (path !== null) picked.add(resolve(path));
      return { path };
    },
    listFolder: ({ folder }) => listFolder(folder ?? homedir()),
    save({ path, text, overwrite }) {
      admit(path);
      saved(path, text, overwrite);
      return { path };
    },
    saveFolder(path, files) {
      admit(path);
      saveFolder(path, files);
      return { path };
    },
  };
}

/** Whole or not at all, readable by this user alone. Throws AppError `folderExists` or `fileNotWritten`. */
export function saveFolder(path: string, files: readonly FolderFile[]): void {
  let isWritten: boolean;
  try {
    isWritten = writeFolderWhole(path, files);
  } catch (error) {
    throw notWritten(path, error);
  }
  if (!isWritten) {
    throw problem("folderExists", `${visibleText(path)} exists already. It was left as it is.`);
  }
}

function saved(path: string, text: string, overwrite: boolean): void {
  try {
    writeWhole(path, text, overwrite);
  } catch (error) {
    throw codeOf(error) === "EEXIST" ? fileExists(path) : notWritten(path, error);
  }
}

function listFolder(folder: string): RequestOutput<"file.listFolder"> {
  if (!isAbsolute(folder)) throw notAbsolute(folder);
  const path = resolve(folder);
  const entries = entriesOf(path);
  const names = (isWanted: (entry: Dirent) => boolean) =>
    entries
      .filter(isWanted)
      .map((entry) => entry.name)
      .sort((one, other) => one.localeCompare(other));
  const parent = dirname(path);
  const isFolder = (entry: Dirent) => entry.isDirectory() || leadsToFolder(path, entry);
  return {
    folder: path,
    parent: parent === path ? null : parent,
    folders: names(isFolder),
    files: names((entry) => entry.isFile() || (entry.isSymbolicLink() && !isFolder(entry))),
  };
}

function entriesOf(path: string): readonly Dirent[] {
  try {
    return readdirSync(path, { withFileTypes: true });
  } catch (error) {
    throw problem("folderNotRead", `The folder ${visibleText(path)} cannot be read.`, error);
  }
}

function leadsToFolder(folder: string, entry: Dirent): boolean {
  if (!entry.isSymbolicLink()) return false;
  try {
    return statSync(join(folder, entry.name)).isDirectory();
  } catch {
    // A link that leads nowhere.
    return false;
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : undefined;
}

function fileExists(path: string): AppError {
  return problem("fileExists", `${visibleText(path)} exists already. It was left as it is.`);
}

function notWritten(path: string, error: unknown): AppError {
  return problem("fileNotWritten", `${visibleText(path)} cannot be written.`, error);
}

function notAbsolute(path: string): AppError {
  return problem("pathNotAbsolute", `"${visibleText(path)}" is not a whole path.`);
}

function notPicked(path: string): AppError {
  return problem("pathNotPicked", `${visibleText(path)} was not picked in the dialog.`);
}

function noNativeDialog(): AppError {
  return problem("noNativeDialog", "This window has no dialog of the system for files.");
}

function problem(code: string, summary: string, cause?: unknown): AppError {
  return new AppError(
    {
      code,
      class: "block",
      summary,
      ...(cause instanceof Error ? { detail: visibleText(cause.message) } : {}),
      remedy: "Choose another file or folder, or allow this one to be written over.",
    },
    cause,
  );
}
