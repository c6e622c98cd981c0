// Builds the estate of one healthy link from what makes a scenario different.
import { defaultChoices, defaultRemoval } from "../../shared/choices/choices.ts";
import type { Choices, RemovalChoices } from "../../shared/choices/choices.ts";
import type { AzureFact } from "../../shared/estate/azure-fact.ts";
import type {
  AvailabilityGroup,
  Estate,
  Fact,
  Replica,
  ReplicaDatabase,
  Role,
  ServerIdentity,
  Side,
  SideFacts,
  SideReading,
} from "../../shared/estate/estate.ts";
import { azureOf } from "./azure-fact.ts";
import { otherSide } from "../../shared/plan/actions/action-form.ts";

export interface LinkShape {
  readonly link: string;
  readonly database: string;
  readonly boxGroup: string;
  readonly instanceGroup: string;
  readonly box: ServerShape;
  readonly instance: ServerShape;
  readonly primary: Side;
  readonly secondaryRoleAllowConnections: Replica["secondaryRoleAllowConnections"];
  /** As ARM tells them; null where nobody is signed in to Azure. */
  readonly azure: AzureShape | null;
}

export interface AzureShape {
  readonly failoverMode: "None" | "Manual";
  readonly databaseFormat: "SQLServer2022" | "SQLServer2025" | "AlwaysUpToDate";
}

export type ServerShape = Omit<ServerIdentity, "serverTime"> & { readonly address: string };

export const adatum: LinkShape = {
  link: "DAG_AdatumBooks",
  database: "AdatumBooks",
  boxGroup: "AG_AdatumBooks",
  instanceGroup: "AG_AdatumBooks_MI",
  box: {
    serverName: "SQLBOX01",
    address: "sqlbox01.adatum.example,1433",
    productVersion: "16.0.4125.3",
    productUpdateType: "CU",
    edition: "Enterprise Edition: Core-based Licensing (64-bit)",
    engineEdition: 3,
  },
  instance: {
    serverName: "sqlmi1.0123456789ab.database.windows.net",
    address: "sqlmi1.0123456789ab.database.windows.net,1433",
    productVersion: "12.0.2000.8",
    productUpdateType: "CU",
    edition: "SQL Azure",
    engineEdition: 8,
  },
  primary: "box",
  secondaryRoleAllowConnections: "NO",
  azure: null,
};

/** The same with somebody signed in to Azure. */
export const adatumInAzure: LinkShape = {
  ...adatum,
  azure: { failoverMode: "Manual", databaseFormat: "SQLServer2022" },
};

export function plannedChoices(shape: LinkShape, more: Partial<Choices> = {}): Choices {
  return {
    ...defaultChoices,
    linkName: shape.link,
    to: otherSide(shape.primary),
    ...more,
  };
}

/** The link is removed, and that both copies can be written then was understood. */
export function removing(more: Partial<RemovalChoices> = {}): Partial<Choices> {
  return { keepLink: false, removal: { ...defaultRemoval, understood: true, ...more } };
}

export function linkedEstate(shape: LinkShape): Estate {
  return {
    box: sideOf("box", shape),
    instance: sideOf("instance", shape),
    ...(shape.azure === null ? {} : { azure: azureFact(shape, shape.azure) }),
  };
}

function azureFact(shape: LinkShape, { failoverMode, databaseFormat }: AzureShape): AzureFact {
  const fact = azureOf(shape, { failoverMode });
  return { ...fact, instance: { ...fact.instance, databaseFormat } };
}

const linkIds: Readonly<Record<Side, string>> = {
  box: "6F9619FF-8B86-D011-B42D-00C04FC964FF",
  instance: "0E984725-C51C-4BF4-9960-E1C80E27ABA0",
};
const localGroupId = "7C9E6679-7425-40DE-944B-E07FC1F90AE7";

function sideOf(side: Side, shape: LinkShape): SideReading {
  return {
    kind: "seen",
    side,
    address: shape[side].address,
    at: "2026-11-21T20:00:00.000Z",
    facts: factsOf(side, shape),
  };
}

function factsOf(side: Side, shape: LinkShape): SideFacts {
  return {
    server: {
      ...identityOf(shape[side]),
      serverTime: side === "box" ? "2026-11-21 22:00:00.0 +02:00" : "2026-11-21 20:00:00.0 +00:00",
    },
    rights: {
      login: "dba",
      isSysadmin: true,
      viewAnyDefinition: true,
      viewServerState: true,
      viewServerPerformanceState: true,
      alterAnyAvailabilityGroup: true,
      controlServer: true,
    },
    groups: seen([linkGroup(side, shape), ...(side === "box" ? [localGroup(shape)] : [])]),
    replicaDatabases: seen([databaseRow(side, shape)]),
    databases: seen([
      {
        databaseId: 5,
        name: shape.database,
        state: "ONLINE",
        updateability: side === shape.primary ? "READ_WRITE" : "READ_ONLY",
        recoveryModel: "FULL",
        logReuseWait: "NOTHING",
        isEncrypted: false,
        isInAvailabilityGroup: true,
      },
    ]),
    writers: seen([]),
    backups: seen([]),
    certificates: seen([]),
    seeding: seen([]),
  };
}

function identityOf(server: ServerShape): Omit<ServerIdentity, "serverTime"> {
  const { serverName, productVersion, productUpdateType, edition, engineEdition } = server;
  return { serverName, productVersion, productUpdateType, edition, engineEdition };
}

function linkGroup(side: Side, shape: LinkShape): AvailabilityGroup {
  const own: Replica = {
    ...replica(side === "box" ? shape.boxGroup : shape.instanceGroup),
    isLocal: true,
    role: roleOf(side, shape),
    connectedState: "CONNECTED",
    synchronizationHealth: "HEALTHY",
  };
  const remote: Replica = {
    ...replica(side === "box" ? shape.instanceGroup : shape.boxGroup),
    endpointUrl:
      side === "box"
        ? `tcp://sqlmi1.0123456789ab.database.windows.net:5022;Server=[${shape.instance.serverName.replace(/\..*/su, "")}]`
        : `TCP://sqlbox01.adatum.example:5022`,
    isLocal: false,
    ...(side === shape.primary
      ? { role: "SECONDARY", connectedState: "CONNECTED", synchronizationHealth: "HEALTHY" }
      : {}),
  };
  return {
    groupId: linkIds[side],
    name: shape.link,
    isDistributed: true,
    primaryReplica: shape.primary === "box" ? shape.boxGroup : shape.instanceGroup,
    replicas: [own, remote],
  };
}

function localGroup(shape: LinkShape): AvailabilityGroup {
  return {
    groupId: localGroupId,
    name: shape.boxGroup,
    isDistributed: false,
    primaryReplica: shape.box.serverName,
    replicas: [
      {
        ...replica(shape.box.serverName),
        secondaryRoleAllowConnections: shape.secondaryRoleAllowConnections,
        isLocal: true,
        role: "PRIMARY",
        synchronizationHealth: "HEALTHY",
      },
    ],
  };
}

function replica(name: string): Replica {
  return {
    replicaId: "3F2504E0-4F89-41D3-9A0C-0305E82C3301",
    replicaServerName: name,
    endpointUrl: null,
    availabilityMode: "ASYNCHRONOUS_COMMIT",
    secondaryRoleAllowConnections: null,
    isLocal: null,
    role: null,
    connectedState: null,
    synchronizationHealth: null,
    lastConnectErrorNumber: null,
    lastConnectErrorDescription: null,
  };
}

function databaseRow(side: Side, shape: LinkShape): ReplicaDatabase {
  return {
    databaseId: 5,
    databaseName: shape.database,
    groupId: linkIds[side],
    replicaId: "3F2504E0-4F89-41D3-9A0C-0305E82C3301",
    isLocal: true,
    isPrimaryReplica: side === shape.primary,
    synchronizationState: "SYNCHRONIZING",
    synchronizationHealth: "HEALTHY",
    databaseState: "ONLINE",
    isSuspended: false,
    suspendReason: null,
    endOfLogLsn: "40000000128000001",
    lastHardenedLsn: null,
    lastReceivedLsn: null,
    lastCommitLsn: "40000000127200003",
    lastRedoneLsn: null,
    logSendQueueKb: 0,
    redoQueueKb: 0,
    logSendRateKbPerSecond: 0,
    redoRateKbPerSecond: 0,
    secondaryLagSeconds: 0,
    // By the secondary's own clock, and by the primary's.
    lastReceivedTime: `2026-11-21 ${shape.primary === "box" ? "19" : "21"}:59:58.131`,
    lastCommitTime: `2026-11-21 ${shape.primary === "box" ? "21" : "19"}:59:58.120`,
  };
}

function roleOf(side: Side, shape: LinkShape): Role {
  return side === shape.primary ? "PRIMARY" : "SECONDARY";
}

function seen<T>(value: T): Fact<T> {
  return { kind: "seen", value };
}
