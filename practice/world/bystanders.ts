// Databases that only stand there, so that a server is as full as real ones: seen in its views, and nothing can be done with them.
import { SqlError } from "../sql-types.ts";
import { sameName } from "./groups.ts";
import type { ServerStatement } from "../tsql/host.ts";
import type { ServerKey, ServerState } from "./state.ts";

export interface Bystander {
  readonly id: number;
  readonly name: string;
  /** The link that replicates it, as this server tells of it; null: none. */
  readonly link: BystanderLink | null;
}

/** No log flows in it and nothing ever changes. */
export interface BystanderLink {
  readonly name: string;
  /** The availability group behind the link on either side. */
  readonly groups: Readonly<Record<ServerKey, string>>;
  readonly role: "PRIMARY" | "SECONDARY";
  readonly isConnected: boolean;
}

/** The bystander of that name, as SQL Server compares names. */
export function bystanderNamed(
  { surroundings }: Pick<ServerState, "surroundings">,
  name: string,
): Bystander | undefined {
  const known = byName.get(surroundings.bystanders);
  if (known !== undefined) return known.get(name.toLowerCase());
  byName.set(
    surroundings.bystanders,
    new Map(surroundings.bystanders.map((one) => [one.name.toLowerCase(), one])),
  );
  return bystanderNamed({ surroundings }, name);
}

/** Thousands of them, looked for by each of thousands of rows. */
const byName = new WeakMap<readonly Bystander[], ReadonlyMap<string, Bystander>>();

/** Throws 40510 for a statement that would do something with one of them, or with its link. */
export function refuseForBystanders(server: ServerState, statement: ServerStatement): void {
  if ("database" in statement && bystanderNamed(server, statement.database) !== undefined) {
    throw onlyStandsThere(`the database '${statement.database}'`);
  }
  if (!("group" in statement)) return;
  const { group } = statement;
  const isTheirs = server.surroundings.bystanders.some(
    ({ link }) =>
      link !== null && [link.name, link.groups[server.key]].some((name) => sameName(name, group)),
  );
  if (isTheirs) throw onlyStandsThere(`the availability group '${group}'`);
}

/** Msg 40510: what SQL Server would do, and the practice estate does not. */
export function onlyStandsThere(what: string): SqlError {
  return new SqlError(
    40510,
    `This is not implemented in the practice estate: ${what} only stands there and is not simulated.`,
  );
}
