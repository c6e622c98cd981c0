// sys.database_mirroring_endpoints and sys.tcp_endpoints: the door the link replicates through, and the T-SQL one.
import type { CatalogContext } from "./context.ts";
import { ownCertificateId } from "./certificates.ts";
import { bit, description, int, nvarchar, sysname, tinyint } from "./types.ts";
import { defineView } from "./view.ts";

/** The port of the mirroring endpoint; fixed on the instance, and the usual one on SQL Server. */
export const mirroringPort = 5022;
const mirroringEndpointId = 65_536;

export const databaseMirroringEndpoints = defineView<CatalogContext>({
  name: "sys.database_mirroring_endpoints",
  access: "definition",
  items: (context) => [context],
  cells: [
    ["name", sysname, endpointName],
    ["endpoint_id", int, () => mirroringEndpointId],
    ["principal_id", int, () => 1],
    ["protocol", tinyint, () => 2],
    ["protocol_desc", description, () => "TCP"],
    ["type", tinyint, () => 4],
    ["type_desc", description, () => "DATABASE_MIRRORING"],
    ["state", tinyint, () => 0],
    ["state_desc", description, () => "STARTED"],
    ["is_admin_endpoint", bit, () => false],
    ["role", tinyint, () => 3],
    ["role_desc", description, () => "ALL"],
    ["is_encryption_enabled", bit, () => true],
    ["connection_auth", tinyint, () => 4],
    ["connection_auth_desc", description, () => "CERTIFICATE"],
    ["certificate_id", int, () => ownCertificateId],
    ["encryption_algorithm", tinyint, () => 2],
    ["encryption_algorithm_desc", description, () => "AES"],
  ],
});

interface TcpEndpoint {
  readonly id: number;
  readonly name: string;
  readonly type: { readonly code: number; readonly text: string };
  readonly port: number;
}

export const tcpEndpoints = defineView<TcpEndpoint>({
  name: "sys.tcp_endpoints",
  access: "definition",
  items: (context) => [
    { id: 4, name: "TSQL Default TCP", type: { code: 2, text: "TSQL" }, port: 0 },
    {
      id: mirroringEndpointId,
      name: endpointName(context),
      type: { code: 4, text: "DATABASE_MIRRORING" },
      port: mirroringPort,
    },
  ],
  cells: [
    ["name", sysname, (e) => e.name],
    ["endpoint_id", int, (e) => e.id],
    ["principal_id", int, () => 1],
    ["protocol", tinyint, () => 2],
    ["protocol_desc", description, () => "TCP"],
    ["type", tinyint, (e) => e.type.code],
    ["type_desc", description, (e) => e.type.text],
    ["state", tinyint, () => 0],
    ["state_desc", description, () => "STARTED"],
    ["is_admin_endpoint", bit, () => false],
    ["port", int, (e) => e.port],
    ["is_dynamic_port", bit, () => false],
    ["ip_address", nvarchar(45), () => null],
  ],
});

function endpointName({ server }: CatalogContext): string {
  return server.key === "box" ? "database_mirroring_endpoint" : "Hadr_endpoint";
}
