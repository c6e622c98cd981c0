// An estate for tests: a healthy link of one database, with whatever is to be different.
import type {
  AvailabilityGroup,
  Estate,
  Replica,
  ReplicaDatabase,
  ServerIdentity,
  SideFacts,
  SideReading,
} from "../../../shared/estate/estate.ts";

export const names = {
  box: "SQLBOX01",
  instance: "sqlmi1.a0b1c2.database.windows.net",
  link: "LINK_Adatum",
  boxGroup: "AG_Adatum",
  instanceGroup: "AG_Adatum_MI",
  database: "Adatum",
} as const;

export const groupIds = { link: "LINK-ID", box: "BOX-AG-ID", instance: "MI-AG-ID" } as const;

export function replica(changes: Partial<Replica> = {}): Replica {
  return {
    replicaId: "R",
    replicaServerName: names.boxGroup,
    endpointUrl: "TCP://10.0.0.4:5022",
    availabilityMode: "ASYNCHRONOUS_COMMIT",
    secondaryRoleAllowConnections: "ALL",
    isLocal: true,
    role: "PRIMARY",
    connectedState: "CONNECTED",
    synchronizationHealth: "HEALTHY",
    lastConnectErrorNumber: null,
    lastConnectErrorDescription: null,
    ...changes,
  };
}

/** A replica of which a secondary knows only what the catalog says. */
export const unseen = {
  isLocal: null,
  role: null,
  connectedState: null,
  synchronizationHealth: null,
} as const;

export function group(
  changes: Partial<AvailabilityGroup> & Pick<AvailabilityGroup, "replicas">,
): AvailabilityGroup {
  return {
    groupId: groupIds.link,
    name: names.link,
    isDistributed: true,
    primaryReplica: names.boxGroup,
    ...changes,
  };
}

export const partnerUrl = `tcp://${names.instance}:5022;Server=[sqlmi1]`;

export interface ReplicaChanges {
  readonly own?: Partial<Replica>;
  readonly remote?: Partial<Replica>;
  readonly local?: Partial<Replica>;
}

/** SQL Server's groups: the local one, and the link seen from its primary. */
export function boxGroups({ own, remote, local }: ReplicaChanges = {}): AvailabilityGroup[] {
  return [
    group({
      groupId: groupIds.box,
      name: names.boxGroup,
      isDistributed: false,
      primaryReplica: names.box,
      replicas: [
        replica({
          replicaServerName: names.box,
          secondaryRoleAllowConnections: "NO",
          ...local,
        }),
      ],
    }),
    group({
      replicas: [
        replica(own),
        replica({
          replicaId: "R2",
          replicaServerName: names.instanceGroup,
          endpointUrl: partnerUrl,
          isLocal: false,
          role: "SECONDARY",
          ...remote,
        }),
      ],
    }),
  ];
}

/** The instance's: its inner group does not show itself. */
export function instanceGroups({ own, remote }: ReplicaChanges = {}): AvailabilityGroup[] {
  return [
    group({
      replicas: [
        replica({ ...unseen, ...remote }),
        replica({
          replicaId: "R2",
          replicaServerName: names.instanceGroup,
          endpointUrl: partnerUrl,
          role: "SECONDARY",
          ...own,
        }),
      ],
    }),
  ];
}

export function replicaDatabase(changes: Partial<ReplicaDatabase> = {}): ReplicaDatabase {
  return {
    databaseId: 5,
    databaseName: names.database,
    groupId: groupIds.link,
    replicaId: "R",
    isLocal: true,
    isPrimaryReplica: true,
    synchronizationState: "SYNCHRONIZING",
    synchronizationHealth: "HEALTHY",
    databaseState: "ONLINE",
    isSuspended: false,
    suspendReason: null,
    endOfLogLsn: "37000000275200001",
    lastHardenedLsn: null,
    lastReceivedLsn: null,
    lastCommitLsn: "37000000275200003",
    lastRedoneLsn: null,
    logSendQueueKb: null,
    redoQueueKb: null,
    logSendRateKbPerSecond: null,
    redoRateKbPerSecond: null,
    secondaryLagSeconds: null,
    lastReceivedTime: "2026-11-21T09:49:47.502",
    lastCommitTime: "2026-11-21T10:49:47.491",
    ...changes,
  };
}

export function server(changes: Partial<ServerIdentity> = {}): ServerIdentity {
  return {
    serverName: names.box,
    productVersion: "16.0.4195.2",
    productUpdateType: null,
    edition: "Enterprise Edition (64-bit)",
    engineEdition: 3,
    serverTime: "2026-11-21T10:49:47.3910000+02:00",
    ...changes,
  };
}

export function instanceServer(changes: Partial<ServerIdentity> = {}): ServerIdentity {
  return server({
    serverName: names.instance,
    productVersion: "12.0.2000.8",
    productUpdateType: "CU",
    edition: "SQL Azure",
    engineEdition: 8,
    serverTime: "2026-11-21T08:49:47.9610000+00:00",
    ...changes,
  });
}

export const seen = <T>(value: T): { readonly kind: "seen"; readonly value: T } => ({
  kind: "seen",
  value,
});

function facts(changes: Partial<SideFacts>): SideFacts {
  return {
    server: server(),
    rights: {
      login: "dba",
      isSysadmin: false,
      viewAnyDefinition: true,
      viewServerState: true,
      viewServerPerformanceState: true,
      alterAnyAvailabilityGroup: true,
      controlServer: false,
    },
    groups: seen(boxGroups()),
    replicaDatabases: seen([
      replicaDatabase(),
      replicaDatabase({
        replicaId: "R2",
        isLocal: false,
        isPrimaryReplica: false,
        logSendQueueKb: 0,
        redoQueueKb: 0,
        secondaryLagSeconds: 0,
      }),
      replicaDatabase({ groupId: groupIds.box }),
    ]),
    databases: seen([
      {
        databaseId: 5,
        name: names.database,
        state: "ONLINE",
        updateability: "READ_WRITE",
        recoveryModel: "FULL",
        logReuseWait: "NOTHING",
        isEncrypted: false,
        isInAvailabilityGroup: true,
      },
    ]),
    writers: seen([]),
    backups: seen([
      {
        databaseName: names.database,
        type: "L",
        isCopyOnly: false,
        finishedAt: "2026-11-21T10:34:37.831",
        ageSeconds: 900,
      },
    ]),
    certificates: seen([
      { name: "Cert_endpoint", use: "endpoint", expiryDate: "2029-05-09T08:49:36", daysLeft: 900 },
      { name: names.instance, use: "partner", expiryDate: "2028-10-21T08:49:36", daysLeft: 700 },
    ]),
    seeding: seen([]),
    ...changes,
  };
}

export function boxReading(changes: Partial<SideFacts> = {}): SideReading {
  return {
    kind: "seen",
    side: "box",
    address: "sqlbox01,1433",
    at: "2026-11-21T08:49:48.000Z",
    facts: facts(changes),
  };
}

export function instanceReading(changes: Partial<SideFacts> = {}): SideReading {
  return {
    kind: "seen",
    side: "instance",
    address: "sqlmi1,1433",
    at: "2026-11-21T08:49:48.100Z",
    facts: facts({
      server: instanceServer(),
      groups: seen(instanceGroups()),
      replicaDatabases: seen([replicaDatabase({ isPrimaryReplica: false })]),
      backups: seen([]),
      certificates: seen([
        { name: "Endpoint", use: "endpoint", expiryDate: "2028-10-21T08:49:36", daysLeft: 700 },
      ]),
      ...changes,
    }),
  };
}

export const silent = {
  code: "noAnswer",
  class: "retry",
  summary: "sqlmi1,1433 does not answer.",
  remedy: "Check the address and the firewalls between.",
} as const;

export function unreachable(side: "box" | "instance"): SideReading {
  return {
    kind: "unreachable",
    side,
    address: side === "box" ? "sqlbox01,1433" : "sqlmi1,1433",
    at: "2026-11-21T08:49:48.000Z",
    problem: silent,
  };
}

export function estate(changes: Partial<Estate> = {}): Estate {
  return { box: boxReading(), instance: instanceReading(), ...changes };
}

/** Names that break what is not quoted, escaped or kept on one line. */
export const hostileNames = [
  "a]b",
  "O'Brien",
  'say "hi"',
  "with  spaces ",
  "😀",
  "$(x)",
  "two\nlines",
  "x".repeat(128),
] as const;
