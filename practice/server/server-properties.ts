// SERVERPROPERTY and the @@ globals of one server.
import type { SqlValue } from "../sql-types.ts";
import type { SessionContext } from "../tsql/host.ts";
import type { ServerState } from "../world/state.ts";
import { releaseOf } from "../world/versions.ts";

/** SERVERPROPERTY(name); null for a property that does not exist. Names compare without case. */
export function serverProperty(server: ServerState, name: string): SqlValue {
  const [major = "0", minor = "0", build = "0"] = server.productVersion.split(".");
  const { year } = releaseOf(server);
  const values: Readonly<Record<string, SqlValue>> = {
    buildclrversion: "v4.0.30319",
    collation: server.surroundings.objects.collation,
    computernamephysicalnetbios: server.machineName,
    edition: server.edition,
    engineedition: server.engineEdition,
    hadrmanagerstatus: 1,
    instancename: null,
    isclustered: 0,
    isfulltextinstalled: 1,
    ishadrenabled: 1,
    isintegratedsecurityonly: 0,
    islocaldb: 0,
    issingleuser: 0,
    isxtpsupported: 1,
    machinename: server.machineName,
    pathseparator: year >= 2017 ? "\\" : null,
    productbuild: build,
    productbuildtype: null,
    productlevel: server.productLevel,
    productmajorversion: major,
    productminorversion: minor,
    productupdatelevel: server.productUpdateLevel,
    productupdatereference: null,
    productupdatetype: server.productUpdateType,
    productversion: server.productVersion,
    servername: server.name,
    sqlcharsetname: "iso_1",
    sqlsortordername: "nocase_iso",
  };
  return values[name.toLowerCase()] ?? null;
}

/** A global by its upper-case name without @@; undefined when there is none of that name. */
export function globalVariable(
  server: ServerState,
  name: string,
  session: SessionContext,
): SqlValue | undefined {
  const values: Readonly<Record<string, SqlValue>> = {
    CONNECTIONS: 1,
    DATEFIRST: 7,
    LANGID: 0,
    LANGUAGE: "us_english",
    LOCK_TIMEOUT: -1,
    MAX_CONNECTIONS: 32_767,
    MAX_PRECISION: 38,
    OPTIONS: 5496,
    SERVERNAME: server.name,
    SERVICENAME: "MSSQLSERVER",
    SPID: session.sessionId,
    TEXTSIZE: 2_147_483_647,
    VERSION: versionText(server),
  };
  return values[name];
}

function versionText(server: ServerState): string {
  const version = server.productVersion;
  if (server.key === "instance") {
    return `Microsoft SQL Azure (RTM) - ${version} \n\tNov 21 2026 08:00:00 \n\tCopyright (C) 2026 Microsoft Corporation\n`;
  }
  const { year } = releaseOf(server);
  const level = [server.productLevel, server.productUpdateLevel].filter(Boolean).join("-");
  return `Microsoft SQL Server ${year} (${level}) - ${version} (X64) \n\tCopyright (C) Microsoft Corporation\n\t${server.edition} on Windows Server 2022 Standard 10.0 <X64>\n`;
}
