// The cmdlets that a PowerShell script may use, with their parameters. A test holds every script against it.

export interface Cmdlet {
  readonly name: string;
  readonly parameters: readonly string[];
  readonly module: string;
  /** The oldest version of the module that has all of it. */
  readonly since: string;
  readonly source: string;
}

const azSql = "https://learn.microsoft.com/powershell/module/az.sql";
const azAccounts = "https://learn.microsoft.com/powershell/module/az.accounts";
const core = "https://learn.microsoft.com/powershell/module/microsoft.powershell";
const link = ["-ResourceGroupName", "-InstanceName"];

/** Az.Sql 6.0 renamed parameters of the link's cmdlets and brought its failover. */
export const azSqlVersion = "6.0.0";
/** SqlServer 22 brought -TrustServerCertificate and encrypts unless told otherwise. */
export const sqlServerVersion = "22.0.0";

export const cmdlets: readonly Cmdlet[] = [
  ofAzSql("Get-AzSqlInstanceLink", [...link]),
  ofAzSql("Update-AzSqlInstanceLink", [...link, "-Name", "-ReplicationMode"]),
  // -Force: it asks otherwise, since it deletes whatever the log positions are.
  ofAzSql("Remove-AzSqlInstanceLink", [...link, "-Name", "-Force"]),
  ofAzSql("Start-AzSqlInstanceLinkFailover", [...link, "-Name", "-FailoverType", "-Force"]),
  ofAzAccounts("Get-AzContext", []),
  ofAzAccounts("Set-AzContext", ["-Tenant", "-Subscription"]),
  ofAzAccounts("Connect-AzAccount", ["-Tenant", "-Subscription"]),
  // Answers as soon as Azure does, and does not wait for an operation's end.
  ofAzAccounts("Invoke-AzRestMethod", ["-Method", "-Path", "-Payload"]),
  {
    name: "Invoke-Sqlcmd",
    // Without -QueryTimeout a query has no time-out.
    parameters: [
      "-ServerInstance",
      "-Credential",
      "-TrustServerCertificate",
      "-Database",
      "-Query",
      "-ConnectionTimeout",
      "-DisableVariables",
      "-AbortOnError",
    ],
    module: "SqlServer",
    since: sqlServerVersion,
    source: "https://learn.microsoft.com/powershell/module/sqlserver/invoke-sqlcmd",
  },
  ofCore("Set-StrictMode", ["-Version"], "core"),
  ofCore("Get-Credential", ["-Message"], "security"),
  ofCore("Read-Host", ["-Prompt"], "utility"),
  ofCore("Write-Host", [], "utility"),
  ofCore("ConvertFrom-Json", ["-InputObject"], "utility"),
  ofCore("Write-Warning", [], "utility"),
  ofCore("Start-Sleep", ["-Seconds"], "utility"),
];

/** What every cmdlet takes ("about_CommonParameters"). */
export const commonParameters: readonly string[] = ["-ErrorAction"];

function ofAzSql(name: string, parameters: readonly string[]): Cmdlet {
  const source = `${azSql}/${name.toLowerCase()}`;
  return { name, parameters, module: "Az.Sql", since: azSqlVersion, source };
}

function ofAzAccounts(name: string, parameters: readonly string[]): Cmdlet {
  const source = `${azAccounts}/${name.toLowerCase()}`;
  return { name, parameters, module: "Az.Accounts", since: "3.0.0", source };
}

function ofCore(name: string, parameters: readonly string[], part: string): Cmdlet {
  const module = `Microsoft.PowerShell.${part}`;
  return {
    name,
    parameters,
    module,
    since: "5.1",
    source: `${core}.${part}/${name.toLowerCase()}`,
  };
}
