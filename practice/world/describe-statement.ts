// A changing statement as canonical T-SQL, so that the same change counts as the same however it was written.
import type { MemberOptions, OptionMap, ServerStatement } from "../tsql/host.ts";

/** One line without the values that differ between two backups of the same kind. */
export function describeStatement(statement: ServerStatement): string {
  switch (statement.kind) {
    case "availabilityGroupFailover":
      return `ALTER AVAILABILITY GROUP ${bracketed(statement.group)} FAILOVER`;
    case "availabilityGroupForceFailover":
      return `ALTER AVAILABILITY GROUP ${bracketed(statement.group)} FORCE_FAILOVER_ALLOW_DATA_LOSS`;
    case "availabilityGroupSet":
      return `ALTER AVAILABILITY GROUP ${bracketed(statement.group)} SET (${listed(statement.options)})`;
    case "availabilityGroupModifyGroups":
      return `ALTER AVAILABILITY GROUP ${bracketed(statement.group)} MODIFY AVAILABILITY GROUP ON ${members(statement.members)}`;
    case "availabilityGroupModifyReplica":
      return `ALTER AVAILABILITY GROUP ${bracketed(statement.group)} MODIFY REPLICA ON ${members(statement.members)}`;
    case "dropAvailabilityGroup":
      return `DROP AVAILABILITY GROUP ${bracketed(statement.group)}`;
    case "dropEndpoint":
      return `DROP ENDPOINT ${bracketed(statement.endpoint)}`;
    case "dropCertificate":
      return `DROP CERTIFICATE ${bracketed(statement.certificate)}`;
    case "dbccTrace":
      return `DBCC ${statement.on ? "TRACEON" : "TRACEOFF"} (${[...statement.flags, -1].join(", ")})`;
    case "dbccTraceStatus":
      return "DBCC TRACESTATUS";
    case "databaseSetHadr":
      return `ALTER DATABASE ${bracketed(statement.database)} SET HADR ${statement.action}`;
    case "databaseSet":
      return `ALTER DATABASE ${bracketed(statement.database)} SET ${statement.words.join(" ")}`;
    case "backup":
      return `BACKUP ${statement.what} ${bracketed(statement.database)}`;
    case "restoreRead":
      return `RESTORE ${statement.what}`;
    case "restoreDatabase":
      return `RESTORE DATABASE ${bracketed(statement.database)}`;
    case "dropDatabase":
      return `DROP DATABASE ${bracketed(statement.database)}`;
    case "renameDatabase":
      return `ALTER DATABASE ${bracketed(statement.database)} MODIFY NAME = ${bracketed(statement.name)}`;
    case "createCredential":
      return `CREATE CREDENTIAL ${bracketed(statement.name)}`;
    case "dropCredential":
      return `DROP CREDENTIAL ${bracketed(statement.name)}`;
    case "kill":
      return `KILL ${statement.sessionId}${statement.statusOnly ? " WITH STATUSONLY" : ""}`;
    case "alterLogin":
      return `ALTER LOGIN ${bracketed(statement.login)} ${statement.action}`;
    case "createLogin":
      return `CREATE LOGIN ${bracketed(statement.login)}`;
    case "dropLogin":
      return `DROP LOGIN ${bracketed(statement.login)}`;
    case "createServerRole":
      return `CREATE SERVER ROLE ${bracketed(statement.role)}`;
    case "dropServerRole":
      return `DROP SERVER ROLE ${bracketed(statement.role)}`;
    case "alterServerRole":
      return `ALTER SERVER ROLE ${bracketed(statement.role)} ${statement.action} MEMBER ${bracketed(statement.member)}`;
    case "procedure":
      return `EXEC ${statement.name}`;
  }
}

function bracketed(name: string): string {
  return `[${name.replaceAll("]", "]]")}]`;
}

function listed(options: OptionMap): string {
  return [...options].map(([name, value]) => `${name} = ${value}`).join(", ");
}

function members(list: readonly MemberOptions[]): string {
  return list
    .map(({ name, options }) => `N'${name.replaceAll("'", "''")}' WITH (${listed(options)})`)
    .join(", ");
}
