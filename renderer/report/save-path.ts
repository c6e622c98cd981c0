// Paths of the save window, for the systems of the host: a Windows folder is known by its backslash or its drive.

/** What `file.listFolder` answers. */
export interface Listing {
  readonly folder: string;
  readonly parent: string | null;
  readonly folders: readonly string[];
  readonly files: readonly string[];
}

export function pathIn(folder: string, name: string): string {
  const separator = isWindows(folder) ? "\\" : "/";
  return folder.endsWith(separator) || folder.endsWith("/")
    ? `${folder}${name}`
    : `${folder}${separator}${name}`;
}

/** Why this cannot be the name of a file in the folder, one sentence; undefined when it can. */
export function nameProblem(folder: string, name: string): string | undefined {
  const trimmed = name.trim();
  if (trimmed === "") return "Type a name for the file.";
  if (trimmed === "." || trimmed === "..") return "This is a folder.";
  // Windows: Naming Files, Paths, and Namespaces, reserved characters.
  const bad = isWindows(folder) ? /[<>:"/\\|?*]/u.exec(trimmed) : /\//u.exec(trimmed);
  return bad === null ? undefined : `A name cannot hold ${bad[0]}`;
}

/** A file of that name is there already, as the folder's system compares names. */
export function isThere({ folder, files }: Listing, name: string): boolean {
  const same = (one: string): string => (isWindows(folder) ? one.toLowerCase() : one);
  return files.some((file) => same(file) === same(name.trim()));
}

/** A name that every system takes, from a text of any origin. */
export function safeFileName(text: string, ending: string): string {
  const safe = text.replaceAll(/[^\p{L}\p{N}._-]+/gu, "_").slice(0, 100);
  return `${safe === "" ? "file" : safe}.${ending}`;
}

function isWindows(folder: string): boolean {
  return folder.includes("\\") || /^[A-Za-z]:/u.test(folder);
}
