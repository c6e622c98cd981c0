// What the backups of a repair are called: one file per database and attempt, in the place that the operator named.

/** `stamp` tells one repair from the next: nothing is ever appended to a file or written over. */
export interface SavePlace {
  /** A folder of SQL Server's own, as SQL Server sees it, or the URL of a container. */
  readonly folder: string;
  readonly stamp: string;
}

/** '20261121T221500Z': the moment of asking, which gives every repair files of its own. */
export function stampOf(at: Date): string {
  return at.toISOString().replaceAll(/[-:]|\.\d+/gu, "");
}

/** Letters that file systems and URLs take alike; what was replaced is told apart by the number. */
const notPlain = /[^A-Za-z0-9_-]/gu;

/** Full path of one backup. `number`: the database's in the link, from 1 on. */
export function saveTarget(
  { folder, stamp }: SavePlace,
  database: { readonly name: string; readonly number: number },
  attempt: 1 | 2,
): string {
  const separator = isUrl(folder) || folder.includes("/") ? "/" : "\\";
  const name = `${database.name.replaceAll(notPlain, "_")}-${database.number}-${stamp}-${attempt}.bak`;
  return `${folder.replace(/[\\/]+$/u, "")}${separator}${name}`;
}

/** Of both attempts; `index` counts the link's databases from 0 on. */
export function saveTargets(place: SavePlace, name: string, index: number): readonly string[] {
  return ([1, 2] as const).map((attempt) =>
    saveTarget(place, { name, number: index + 1 }, attempt),
  );
}

export function isUrl(place: string): boolean {
  return /^https?:\/\//iu.test(place);
}
