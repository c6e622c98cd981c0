// Names in plain data, told by the keys they stand under: requests, plans, events of a run. Pure.
import type { KnownName } from "../log/entry.ts";

const kinds: Readonly<Record<string, KnownName["kind"]>> = {
  server: "server",
  serverName: "server",
  machineName: "server",
  replica: "server",
  address: "address",
  fullyQualifiedDomainName: "address",
  partnerEndpointUrls: "address",
  database: "database",
  databases: "database",
  databaseName: "database",
  linkName: "link",
  typedLinkName: "link",
  group: "group",
  boxGroup: "group",
  instanceGroup: "group",
  login: "login",
  logins: "login",
  host: "host",
  hostName: "host",
  toolHost: "host",
  operator: "user",
  account: "user",
  tenant: "id",
  caFile: "id",
  resourceGroup: "group",
};

/** Every string below a key that names something; a link's own name stands under `link`. */
export function namesIn(value: unknown, under = ""): readonly KnownName[] {
  if (typeof value === "string") {
    const kind = kinds[under];
    return kind === undefined || value === "" ? [] : [{ name: value, kind }];
  }
  if (Array.isArray(value)) return value.flatMap((one) => namesIn(one, under));
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, one]: [string, unknown]) => {
    if (key === "name" && typeof one === "string") {
      return under === "link" ? [{ name: one, kind: "link" }] : namesIn(one, under);
    }
    // Below logins and endpoints stand the two sides, and the names under them.
    return namesIn(one, key === "box" || key === "instance" ? under : key);
  });
}
