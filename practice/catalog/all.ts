// The table of all views a practice server has.
import type { RestoredDatabase, ServerState, WorldState } from "../world/state.ts";
import { releaseOf } from "../world/versions.ts";
import {
  availabilityDatabasesCluster,
  availabilityGroups,
  availabilityReplicas,
} from "./availability-groups.ts";
import {
  dmHadrAvailabilityGroupStates,
  dmHadrAvailabilityReplicaClusterStates,
  dmHadrAvailabilityReplicaStates,
} from "./availability-states.ts";
import { backupmediafamily, backupset } from "./backups.ts";
import { sysCertificates, sysSymmetricKeys } from "./certificates.ts";
import { dmDatabaseEncryptionKeys, sysAsymmetricKeys, sysCredentials } from "./credentials.ts";
import { dmHadrDatabaseReplicaStates } from "./database-replica-states.ts";
import { databasePrincipals } from "./database-principals.ts";
import { databaseMirroringEndpoints, serviceBrokerEndpoints, tcpEndpoints } from "./endpoints.ts";
import { dmExecConnections } from "./exec-connections.ts";
import { dmExecRequests } from "./exec-requests.ts";
import { dmExecSessions } from "./exec-sessions.ts";
import { databaseFiles, masterFiles } from "./files.ts";
import { dmDbLogSpaceUsage, dmDbLogStats } from "./log-space.ts";
import { dmOsVolumeStats, serverResourceStats, sysServers } from "./own-objects.ts";
import { ordersIn, ordersOf, ordersTable, restoredOrders } from "./orders.ts";
import { databaseRecoveryStatus } from "./recovery-status.ts";
import { serverPrincipals, serverRoleMembers } from "./principals.ts";
import { dmHadrAutomaticSeeding, dmHadrPhysicalSeedingStats } from "./seeding.ts";
import { dmHadrCluster, dmOsSysInfo, sysConfigurations } from "./server-facts.ts";
import { dmServerRegistry, sysDatabaseMirroring, sysJobs, sysJobSteps } from "./surroundings.ts";
import { sysDatabases } from "./sys-databases.ts";
import { tableViews } from "./tables.ts";
import { dmTranLocks } from "./tran-locks.ts";
import {
  dmTranActiveTransactions,
  dmTranDatabaseTransactions,
  dmTranSessionTransactions,
} from "./transactions.ts";
import type { View } from "./view.ts";

/** Every view and table of a server of this world, with the columns that its release has. */
export function allViews(state: WorldState, server: ServerState): readonly View[] {
  const { year } = releaseOf(server);
  const ofInstance = server.key === "instance" ? [serverResourceStats] : [];
  return [...newestViews(state), ...ofInstance].map((view) => view.asOf(year));
}

/** Those of a database that a backup was restored as. */
export function restoredViews(restored: RestoredDatabase): readonly View[] {
  const { name, blocks } = restored;
  return [
    restoredOrders(restored),
    databasePrincipals(name),
    ...tableViews(name, () => ordersIn(blocks).length),
  ];
}

function newestViews(state: WorldState): readonly View[] {
  return [
    availabilityDatabasesCluster,
    availabilityGroups,
    availabilityReplicas,
    backupmediafamily,
    backupset,
    databaseFiles,
    databaseMirroringEndpoints,
    databasePrincipals(state.link.database),
    databaseRecoveryStatus,
    dmDatabaseEncryptionKeys,
    dmDbLogSpaceUsage,
    dmDbLogStats,
    dmExecConnections,
    dmExecRequests,
    dmExecSessions,
    dmHadrAutomaticSeeding,
    dmHadrAvailabilityGroupStates,
    dmHadrAvailabilityReplicaClusterStates,
    dmHadrAvailabilityReplicaStates,
    dmHadrCluster,
    dmHadrDatabaseReplicaStates,
    dmHadrPhysicalSeedingStats,
    dmOsSysInfo,
    dmOsVolumeStats,
    dmServerRegistry,
    dmTranActiveTransactions,
    dmTranDatabaseTransactions,
    dmTranLocks,
    dmTranSessionTransactions,
    masterFiles,
    ordersTable(state),
    serverPrincipals,
    serverRoleMembers,
    serviceBrokerEndpoints,
    sysAsymmetricKeys,
    sysCertificates,
    sysConfigurations,
    sysCredentials,
    sysDatabaseMirroring,
    sysDatabases,
    sysJobs,
    sysJobSteps,
    sysServers,
    sysSymmetricKeys,
    ...tableViews(state.link.database, (context) => ordersOf(context).length),
    tcpEndpoints,
  ];
}
