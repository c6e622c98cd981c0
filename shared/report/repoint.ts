// Where applications connect once the primary has moved: connection strings to it, for three drivers, without any sign-in.
import type { Plan } from "../plan/plan.ts";
import type { RunState } from "../run/state.ts";
import { unfinishedStep } from "../run/state.ts";
import { hasMoved, lastReadBack } from "./readings.ts";

export interface Repoint {
  readonly sentence: string;
  readonly strings: readonly ConnectionString[];
}

export interface ConnectionString {
  readonly database: string;
  readonly driver: "ADO.NET" | "JDBC" | "ODBC";
  readonly text: string;
}

interface Address {
  readonly host: string;
  readonly port: string | undefined;
  readonly instanceName: string | undefined;
}

/** Undefined where no new primary was read back: nobody is sent to a server that may not take writes. */
export function repoint(state: RunState, plan: Plan): Repoint | undefined {
  if (plan.move === "none" || plan.move === "restore") return undefined;
  if (unfinishedStep(state) !== undefined || !hasMoved(plan, lastReadBack(state))) return undefined;
  const { serverName, address } = plan[plan.to];
  const parts = addressParts(address);
  return {
    sentence: `Applications connect to ${serverName} now. The address is the one that this computer uses; put in a listener or another name of yours, and add your sign-in.`,
    strings: plan.link.databases.flatMap((database) => [
      { database, driver: "ADO.NET", text: adoNet(parts, database) },
      { database, driver: "JDBC", text: jdbc(parts, database) },
      { database, driver: "ODBC", text: odbc(parts, database) },
    ]),
  };
}

/** As the operator types it: `name`, `name\instance`, `name,port`. */
function addressParts(address: string): Address {
  const [, host = address, instanceName, port] =
    /^([^\\,]+)(?:\\([^,]+))?(?:,(\d+))?$/u.exec(address) ?? [];
  return { host, port, instanceName };
}

/** "SqlConnection.ConnectionString Property": `tcp:host,port` or `host\instance`; a value in double quotes doubles those in it. */
function adoNet(address: Address, database: string): string {
  return `Server=${quoted(sqlClientServer(address))};Initial Catalog=${quoted(database)};Encrypt=True;TrustServerCertificate=False`;
}

/** "DSN and Connection String Keywords and Attributes": the same server, values in braces with `}` doubled. */
function odbc(address: Address, database: string): string {
  return `Driver={ODBC Driver 18 for SQL Server};Server=${braced(sqlClientServer(address))};Database=${braced(database)};Encrypt=yes;TrustServerCertificate=no`;
}

/** "Building the connection URL": the server as properties, so that no name can end the URL's own part. */
function jdbc({ host, port, instanceName }: Address, database: string): string {
  const where = [
    `serverName=${braced(host)}`,
    ...(instanceName === undefined ? [] : [`instanceName=${braced(instanceName)}`]),
    ...(port === undefined ? [] : [`portNumber=${port}`]),
  ];
  return `jdbc:sqlserver://;${where.join(";")};databaseName=${braced(database)};encrypt=true;trustServerCertificate=false`;
}

/** A named instance is asked of the Browser service, whose port nobody knows before. */
function sqlClientServer({ host, port, instanceName }: Address): string {
  if (port !== undefined) return `tcp:${host},${port}`;
  return instanceName === undefined ? `tcp:${host},1433` : `${host}\\${instanceName}`;
}

const plain = /^[\p{L}\p{N}_.:,\\-]+$/u;

function quoted(value: string): string {
  return plain.test(value) ? value : `"${value.replaceAll('"', '""')}"`;
}

function braced(value: string): string {
  return plain.test(value) ? value : `{${value.replaceAll("}", "}}")}}`;
}
