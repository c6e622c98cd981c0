// A session whose server answers each of the product's queries with rows given by the test; a batch is several of them.
import type { SqlSession } from "../../../electron/sql/session.ts";
import { backupsQuery } from "../../../electron/estate/queries/backups.ts";
import { certificatesQuery } from "../../../electron/estate/queries/certificates.ts";
import { databasesQuery } from "../../../electron/estate/queries/databases.ts";
import { groupsQuery } from "../../../electron/estate/queries/groups.ts";
import { replicaDatabasesQuery } from "../../../electron/estate/queries/replica-databases.ts";
import { replicasQuery } from "../../../electron/estate/queries/replicas.ts";
import { rightsQuery } from "../../../electron/estate/queries/rights.ts";
import { seedingQuery } from "../../../electron/estate/queries/seeding.ts";
import { serverQuery } from "../../../electron/estate/queries/server.ts";
import { triedText } from "../../../electron/estate/queries/tried.ts";
import { writersQuery } from "../../../electron/estate/queries/writers.ts";
import { AppError } from "../../../shared/errors/app-error.ts";
import type { Problem } from "../../../shared/errors/app-error.ts";
import type { Side } from "../../../shared/estate/estate.ts";
import { groupIds, names, server } from "../../shared/estate/sample-estate.ts";

const queries = {
  server: serverQuery,
  rights: rightsQuery,
  groups: groupsQuery,
  replicas: replicasQuery,
  replicaDatabases: replicaDatabasesQuery,
  databases: databasesQuery,
  writers: writersQuery,
  backups: backupsQuery,
  certificates: certificatesQuery,
  seeding: seedingQuery,
} as const;

export type QueryName = keyof typeof queries;
/** Rows as the driver gives them, or the error: of the query alone where it is tried and the server has answered, else of the whole batch. */
export type Script = Partial<Record<QueryName, readonly unknown[] | Problem>>;

export interface ScriptedSession extends SqlSession {
  /** The queries of each batch, in order. */
  readonly batches: readonly (readonly QueryName[])[];
}

export const allRights = {
  login: "dba",
  isSysadmin: 0,
  viewAnyDefinition: 1,
  viewServerState: 1,
  viewServerPerformanceState: 1,
  alterAnyAvailabilityGroup: 1,
  controlServer: 0,
  viewAnyDatabase: 1,
  readBackupHistory: 1,
};

const healthy: Script = {
  server: [server()],
  rights: [allRights],
  groups: [
    {
      groupId: groupIds.box,
      name: names.boxGroup,
      isDistributed: false,
      primaryReplica: names.box,
    },
    {
      groupId: groupIds.link,
      name: names.link,
      isDistributed: true,
      primaryReplica: names.boxGroup,
    },
  ],
  replicas: [],
  replicaDatabases: [],
  databases: [],
  writers: [],
  backups: [],
  certificates: [],
  seeding: [],
};

export function refused(sqlNumber: number): Problem {
  return {
    code: "noPermission",
    class: "block",
    summary: "The login lacks a permission.",
    remedy: "Ask for it.",
    sqlNumber,
  };
}

export function scriptedSession(side: Side, changes: Script = {}): ScriptedSession {
  const script = { ...healthy, ...changes };
  const batches: QueryName[][] = [];
  return {
    side,
    address: `${side},1433`,
    batches,
    read(text, _parameters, signal) {
      signal?.throwIfAborted();
      // The names of `queries` are its keys; Object.keys forgets that.
      const asked = (Object.keys(queries) as QueryName[])
        .filter((name) => placeIn(text, name) >= 0)
        .sort((a, b) => placeIn(text, a) - placeIn(text, b));
      batches.push(asked);
      const sets: (readonly unknown[])[] = [];
      for (const name of asked) {
        const answer = script[name] ?? [];
        if (!("code" in answer)) sets.push(answer);
        else if (isTried(text, name) && answer.sqlNumber !== undefined)
          sets.push(caught(name, answer));
        else return Promise.reject(new AppError(answer));
      }
      return Promise.resolve(sets);
    },
    close: () => Promise.resolve(),
  };
}

function isTried(text: string, name: QueryName): boolean {
  return text.includes(triedText(queries[name]));
}

/** Where the query stands in the batch, bare or tried; -1: nowhere. */
function placeIn(text: string, name: QueryName): number {
  const tried = text.indexOf(triedText(queries[name]));
  return tried >= 0 ? tried : text.indexOf(queries[name].text.trim());
}

/** What CATCH answers. */
function caught(name: QueryName, { sqlNumber, summary }: Problem): readonly unknown[] {
  return [{ triedQuery: queries[name].name, number: sqlNumber, message: summary }];
}
