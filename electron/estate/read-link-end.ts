// The light look at one side of a link that a run takes before and after every step: one batch.
import { AppError } from "../../shared/errors/app-error.ts";
import { groupsWithReplicas } from "../../shared/estate/groups-with-replicas.ts";
import { linkEndFacts, nothingSeen } from "../../shared/estate/link-end-facts.ts";
import type { LinkEndFacts } from "../../shared/estate/link-end-facts.ts";
import type { SqlSession } from "../sql/session.ts";
import { readGuarded } from "./guarded.ts";
import { databasesQuery } from "./queries/databases.ts";
import { groupsQuery } from "./queries/groups.ts";
import { onlyRow, readRows } from "./queries/query.ts";
import { replicaDatabasesQuery } from "./queries/replica-databases.ts";
import { replicasQuery } from "./queries/replicas.ts";
import { serverQuery } from "./queries/server.ts";

/**
 * Who answers and what it says of the link `linkName` and its `databases`. Without the rights to see it the role is `notAllowed`
 * and everything else of the link null. Throws AppError when the server does not answer, or not as expected.
 */
export async function readLinkEnd(
  session: SqlSession,
  linkName: string,
  databases: readonly string[],
  signal?: AbortSignal,
): Promise<LinkEndFacts> {
  const read = await readGuarded(
    session,
    [serverQuery, groupsQuery, replicasQuery, replicaDatabasesQuery, databasesQuery],
    ["definition", "serverState", "anyDatabase"],
    signal,
  );
  if (read.kind === "failed") throw new AppError(read.problem);
  if (read.kind === "notAllowed") {
    const [rows] = await readRows(session, [serverQuery], signal);
    const server = onlyRow(rows, session, serverQuery.name);
    return nothingSeen(session.side, server, { kind: "notAllowed", permission: read.permission });
  }
  const [serverRows, groups, replicas, replicaDatabases, databaseRows] = read.value;
  return linkEndFacts(
    {
      side: session.side,
      server: onlyRow(serverRows, session, serverQuery.name),
      groups: groupsWithReplicas(groups, replicas),
      replicaDatabases,
      databases: databaseRows,
    },
    linkName,
    databases,
  );
}
