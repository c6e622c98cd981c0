// The databases of one server: the system ones, the linked one, and what was restored beside it.
import type { Bystander } from "../world/bystanders.ts";
import { bystanderNamed } from "../world/bystanders.ts";
import type { DatabaseCopy, RestoredDatabase, ServerState, WorldState } from "../world/state.ts";

export interface Database {
  readonly id: number;
  readonly name: string;
  /** Null for a database that no link carries. */
  readonly copy: DatabaseCopy | null;
  /** Of a copy that was restored beside the linked database. */
  readonly restored?: RestoredDatabase;
  readonly bystander?: Bystander;
}

/** database_id of the linked database on both sides; 1 to 4 are the system databases. */
export const linkedDatabaseId = 5;

const systemNames = ["master", "tempdb", "model", "msdb"];

/** All databases of a server in the order of their ids. */
export function databasesOf(state: WorldState, server: ServerState): readonly Database[] {
  return [
    ...systemNames.map((name, index): Database => ({ id: index + 1, name, copy: null })),
    { id: linkedDatabaseId, name: state.link.database, copy: server.copy },
    ...server.restored.map((one): Database => ({
      id: one.id,
      name: one.name,
      copy: null,
      restored: one,
    })),
    ...server.surroundings.bystanders.map(bystanderDatabase),
  ];
}

function bystanderDatabase(bystander: Bystander): Database {
  return { id: bystander.id, name: bystander.name, copy: null, bystander };
}

/** The database of that name as SQL Server compares names (case does not count), or undefined. */
export function findDatabase(
  state: WorldState,
  server: ServerState,
  name: string,
): Database | undefined {
  const bystander = bystanderNamed(server, name);
  if (bystander !== undefined) return bystanderDatabase(bystander);
  const wanted = name.toLowerCase();
  return databasesOf(state, server).find((database) => database.name.toLowerCase() === wanted);
}

/** True while the copy belongs to an availability group of this server. */
export function isInGroup(server: ServerState): boolean {
  return !(server.linkDropped && server.localGroupDropped);
}
