// Where what the help says can be read in full: titles of Microsoft's documents.

export const sources = {
  overview: "Managed Instance link feature overview",
  preparation: "Prepare your environment for a link",
  scripts: "Configure link with scripts",
  failover: "Fail over link",
  migration: "Migrate with the link",
  practices: "Best practices for maintaining the link",
  trouble: "Troubleshoot issues with the link",
  disaster: "Disaster recovery with Managed Instance link",
  policy: "Update policy for SQL Managed Instance",
  restore: "Restore a database backup to SQL Server from SQL Managed Instance",
  group: "Configure a distributed Always On availability group",
  states: "sys.dm_hadr_database_replica_states",
  rest: "Distributed Availability Groups, REST API for Azure SQL",
  messages: "Database Engine events and errors",
  resources: "Troubleshoot common Azure deployment errors",
  entra: "Microsoft Entra authentication and authorization error codes",
  here: "The README and the report of this tool",
} as const;

export type Source = keyof typeof sources;
