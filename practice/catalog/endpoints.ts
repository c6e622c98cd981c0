// sys.database_mirroring_endpoints and sys.tcp_endpoints: the door the link replicates through, and the T-SQL one.
import type { CatalogContext } from "./context.ts";
import type { ServerState } from "../world/state.ts";
import { endpointName } from "../world/surroundings.ts";
import { ownCertificateId } from "./certificates.ts";
import { bit, description, int, nvarchar, sysname, tinyint } from "./types.ts";
import { defineView } from "./view.ts";

/** The port of the mirroring endpoint; fixed on the instance, and the usual one on SQL Server. */
export const mirroringPort = 5022;
const mirroringEndpointId = 65_536;
const brokerPort = 4022;
const brokerEndpointId = 65_537;

export const databaseMirroringEndpoints = defineView<CatalogContext>({
  name: "sys.database_mirroring_endpoints",
  access: "definition",
  items: (context) => (context.server.surroundings.endpointDropped ? [] : [context]),
  cells: [
    ["name", sysname, ({ server }) => endpointName(server)],
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
  items: ({ server }) => [
    { id: 4, name: "TSQL Default TCP", type: { code: 2, text: "TSQL" }, port: 0 },
    ...(server.surroundings.endpointDropped
      ? []
      : [
          {
            id: mirroringEndpointId,
            name: endpointName(server),
            type: { code: 4, text: "DATABASE_MIRRORING" },
            port: mirroringPort,
          },
        ]),
    ...brokerEndpoints(server).map((name) => ({
      id: brokerEndpointId,
      name,
      type: { code: 3, text: "SERVICE_BROKER" },
      port: brokerPort,
    })),
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

/** Of Service Broker: shows the same certificate as the mirroring endpoint, where there is one. */
export const serviceBrokerEndpoints = defineView<string>({
  name: "sys.service_broker_endpoints",
  access: "definition",
  items: ({ server }) => brokerEndpoints(server),
  cells: [
    ["name", sysname, (name) => name],
    ["endpoint_id", int, () => brokerEndpointId],
    ["principal_id", int, () => 1],
    ["protocol", tinyint, () => 2],
    ["protocol_desc", description, () => "TCP"],
    ["type", tinyint, () => 3],
    ["type_desc", description, () => "SERVICE_BROKER"],
    ["state", tinyint, () => 0],
    ["state_desc", description, () => "STARTED"],
    ["is_admin_endpoint", bit, () => false],
    ["is_message_forwarding_enabled", bit, () => false],
    ["message_forwarding_size", int, () => 10],
    ["connection_auth", tinyint, () => 4],
    ["connection_auth_desc", description, () => "CERTIFICATE"],
    ["certificate_id", int, () => ownCertificateId],
    ["encryption_algorithm", tinyint, () => 2],
    ["encryption_algorithm_desc", description, () => "AES"],
  ],
});

function brokerEndpoints({ surroundings }: ServerState): readonly string[] {
  return surroundings.brokerEndpoint === null ? [] : [surroundings.brokerEndpoint];
}
