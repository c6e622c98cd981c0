// What the main process answers of two servers with so many databases and links, as shared/estate/servers.ts writes it.

const at = "2026-11-21T20:00:00.000Z";
const seen = (value) => ({ kind: "seen", value });

/** Every `links`th part of the databases has a link, from SQL Server to the instance. */
export function serversRead(databases, links) {
  return {
    at,
    servers: [server("box", databases, links), server("instance", databases, links)],
  };
}

function server(side, databases, links) {
  const serverName = side === "box" ? "SQLBOX01" : "sqlmi1.zone.database.windows.net";
  const linked = Array.from({ length: links }, (_, number) => linkAt(side, number, serverName));
  const names = Array.from({ length: databases }, (_, number) => nameOf(number));
  return {
    connectionId: side,
    serverName,
    reading: {
      kind: "seen",
      side,
      address: serverName,
      at,
      facts: {
        server: {
          serverName,
          productVersion: "16.0.4195.2",
          productUpdateType: null,
          edition: "Enterprise Edition (64-bit)",
          engineEdition: side === "box" ? 3 : 8,
          serverTime: "2026-11-21T22:00:00.000+02:00",
        },
        rights: { login: "dba", isSysadmin: true },
        groups: seen(linked.flatMap(({ groups }) => groups)),
        replicaDatabases: seen(linked.flatMap(({ rows }) => rows)),
        databases: seen(names.map((name, number) => databaseOf(name, number, number < links))),
        writers: seen([]),
        backups: seen([]),
        certificates: seen([]),
        seeding: seen([]),
      },
    },
  };
}

const nameOf = (number) => `Contoso_Sales_${String(number).padStart(4, "0")}`;

function databaseOf(name, number, isInAvailabilityGroup) {
  return {
    databaseId: number + 5,
    name,
    state: "ONLINE",
    updateability: "READ_WRITE",
    recoveryModel: "FULL",
    logReuseWait: "NOTHING",
    isEncrypted: false,
    isInAvailabilityGroup,
  };
}

/** The groups of one link as that side shows them, and its rows of sys.dm_hadr_database_replica_states. */
function linkAt(side, number, serverName) {
  const name = nameOf(number);
  const own = `${side === "box" ? "AG" : "MI"}_${name}`;
  const other = `${side === "box" ? "MI" : "AG"}_${name}`;
  const role = side === "box" ? "PRIMARY" : "SECONDARY";
  const replica = (replicaServerName, isLocal, itsRole) => ({
    replicaId: `R-${side}-${replicaServerName}`,
    replicaServerName,
    endpointUrl: null,
    availabilityMode: "ASYNCHRONOUS_COMMIT",
    secondaryRoleAllowConnections: "ALL",
    isLocal,
    role: itsRole,
    connectedState: "CONNECTED",
    synchronizationHealth: "HEALTHY",
    lastConnectErrorNumber: null,
    lastConnectErrorDescription: null,
  });
  const group = (groupId, groupName, isDistributed, replicas) => ({
    groupId,
    name: groupName,
    isDistributed,
    primaryReplica: isDistributed ? `AG_${name}` : serverName,
    replicas,
  });
  const row = (groupId, isLocal) => ({
    databaseId: number + 5,
    databaseName: name,
    groupId,
    replicaId: `R-${groupId}-${isLocal}`,
    isLocal,
    isPrimaryReplica: isLocal,
    synchronizationState: "SYNCHRONIZING",
    synchronizationHealth: "HEALTHY",
    databaseState: "ONLINE",
    isSuspended: false,
    lastCommitLsn: "39000000012300003",
    secondaryLagSeconds: 0,
  });
  const [link, local] = [`LINK-${number}`, `${side}-${number}`];
  return {
    groups: [
      group(link, `LINK_${name}`, true, [
        replica(own, true, role),
        replica(other, false, side === "box" ? "SECONDARY" : null),
      ]),
      group(local, own, false, [replica(serverName, true, "PRIMARY")]),
    ],
    rows: [row(link, true), row(local, true), ...(side === "box" ? [row(link, false)] : [])],
  };
}
