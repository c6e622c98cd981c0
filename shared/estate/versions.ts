// What a server's version can do for a link. Source: Managed Instance link overview, version table; update policy.
import type { ServerIdentity } from "./estate.ts";

/** `databaseFormat` of the instance, as ARM spells it. */
export type UpdatePolicy = "SQLServer2022" | "SQLServer2025" | "AlwaysUpToDate";

/** A build by its ProductVersion and the name of the update that brings it. */
export interface Build {
  readonly version: string;
  readonly name: string;
}

export interface Support {
  readonly isManagedInstance: boolean;
  /** "SQL Server 2022", "Azure SQL Managed Instance". */
  readonly versionName: string;
  /** `unknownVersion`: newer than this tool. */
  readonly link: "supported" | "buildTooLow" | "versionTooOld" | "unknownVersion";
  /** Lowest build that carries a link; null on an instance and where no build does. */
  readonly linkFloor: Build | null;
  /** FAILOVER by T-SQL that keeps the link: `needsUpdate` to `plannedFloor`, or `never` in this version of SQL Server. */
  readonly plannedFailover: "byTsql" | "needsUpdate" | "never" | "unknown";
  readonly plannedFloor: Build | null;
  /** Null on SQL Server, and where the instance does not tell. */
  readonly updatePolicy: UpdatePolicy | null;
}

interface BoxVersion {
  readonly major: number;
  readonly name: string;
  readonly linkFloor: Build;
  readonly plannedFloor: Build | null;
}

const boxVersions: readonly BoxVersion[] = [
  {
    major: 13,
    name: "SQL Server 2016",
    linkFloor: { version: "13.0.7000.253", name: "SP3 with the Azure Connect pack" },
    plannedFloor: null,
  },
  {
    major: 14,
    name: "SQL Server 2017",
    linkFloor: { version: "14.0.3490.10", name: "CU31 with the Azure Connect pack" },
    plannedFloor: null,
  },
  {
    major: 15,
    name: "SQL Server 2019",
    linkFloor: { version: "15.0.4312.2", name: "CU20" },
    plannedFloor: null,
  },
  {
    major: 16,
    name: "SQL Server 2022",
    linkFloor: { version: "16.0.1000.6", name: "RTM" },
    plannedFloor: { version: "16.0.4125.3", name: "CU13" },
  },
  {
    major: 17,
    name: "SQL Server 2025",
    linkFloor: { version: "17.0.1000.7", name: "RTM" },
    plannedFloor: { version: "17.0.1000.7", name: "RTM" },
  },
];

/** Managed Instance link overview: a link that began on an instance needs this build of SQL Server 2022. */
export const linkFromInstanceFloor: Build = { version: "16.0.4095.4", name: "CU10" };

/** Update policies as people call them. */
export const plainPolicy: Readonly<Record<UpdatePolicy, string>> = {
  SQLServer2022: "SQL Server 2022",
  SQLServer2025: "SQL Server 2025",
  AlwaysUpToDate: "Always-up-to-date",
};

/** What the server can do. Build floors are never applied to an instance: it may call itself 12.0.2000.8. */
export function supportOf(server: ServerIdentity): Support {
  if (isManagedInstance(server)) {
    return {
      isManagedInstance: true,
      versionName: "Azure SQL Managed Instance",
      link: "supported",
      linkFloor: null,
      plannedFailover: "byTsql",
      plannedFloor: null,
      updatePolicy: updatePolicyOf(server),
    };
  }
  const major = majorOf(server);
  const known = boxVersions.find((version) => version.major === major);
  return {
    isManagedInstance: false,
    versionName: known?.name ?? `SQL Server with version ${server.productVersion}`,
    ...(known === undefined ? unlisted(major) : supportOfBox(known, server.productVersion)),
    updatePolicy: null,
  };
}

/** SERVERPROPERTY('EngineEdition'). */
export function isManagedInstance(server: ServerIdentity): boolean {
  return server.engineEdition === 8;
}

/**
 * SQL Server's version against the instance's update policy. Two ways need an exact match; a version newer than this tool
 * matches nothing that this tool knows.
 */
export function policyMatch(
  box: ServerIdentity,
  instance: ServerIdentity,
): "matches" | "differs" | "alwaysUpToDate" | "notTold" {
  const policy = updatePolicyOf(instance);
  if (policy === null) return "notTold";
  if (policy === "AlwaysUpToDate") return "alwaysUpToDate";
  const matching = boxVersions.find((version) => policy === policyOf(version));
  return matching?.major === majorOf(box) ? "matches" : "differs";
}

/** SERVERPROPERTY('EngineEdition') 2: Standard, which has no readable secondary; Web and Business Intelligence alike. */
export function isStandardEngine({ engineEdition }: ServerIdentity): boolean {
  return engineEdition === 2;
}

/** By numbers, part by part: "16.0.4125.3" < "16.0.10000.1". */
export function isBuildBelow(version: string, floor: string): boolean {
  const parts = floor.split(".").map(Number);
  const own = version.split(".").map(Number);
  for (const [index, part] of parts.entries()) {
    const difference = (own[index] ?? 0) - part;
    if (difference !== 0) return difference < 0;
  }
  return false;
}

/** ProductUpdateType first: always-up-to-date instances may report 17.x too (Update policy, T-SQL). */
function updatePolicyOf(instance: ServerIdentity): UpdatePolicy | null {
  switch (instance.productUpdateType?.toLowerCase()) {
    case "continuous":
      return "AlwaysUpToDate";
    case "cu":
      return majorOf(instance) < 17 ? "SQLServer2022" : "SQLServer2025";
    default:
      return null;
  }
}

function policyOf({ name }: BoxVersion): string {
  return name.replaceAll(" ", "");
}

function supportOfBox(
  known: BoxVersion,
  version: string,
): Pick<Support, "link" | "linkFloor" | "plannedFailover" | "plannedFloor"> {
  const { linkFloor, plannedFloor } = known;
  return {
    link: isBuildBelow(version, linkFloor.version) ? "buildTooLow" : "supported",
    linkFloor,
    plannedFloor,
    plannedFailover:
      plannedFloor === null
        ? "never"
        : isBuildBelow(version, plannedFloor.version)
          ? "needsUpdate"
          : "byTsql",
  };
}

function unlisted(
  major: number,
): Pick<Support, "link" | "linkFloor" | "plannedFailover" | "plannedFloor"> {
  const isNewer = major > Math.max(...boxVersions.map((version) => version.major));
  return {
    link: isNewer ? "unknownVersion" : "versionTooOld",
    linkFloor: null,
    plannedFailover: isNewer ? "unknown" : "never",
    plannedFloor: null,
  };
}

/** 16 for SQL Server 2022. */
export function majorOf(server: Pick<ServerIdentity, "productVersion">): number {
  return Number(server.productVersion.split(".")[0]);
}
