// A server's address as people write it for SQL Server: HOST, HOST\INSTANCE, HOST,PORT.
import { isIP } from "node:net";

export interface ServerAddress {
  readonly host: string;
  readonly port: number | undefined;
  readonly instanceName: string | undefined;
}

/** The sentence for an address that has none of these shapes. */
export const addressShapes = "HOST, HOST\\INSTANCE or HOST,PORT, with a port from 1 to 65535";

const shape =
  /^(?:tcp:)?(?<host>[^\\,\s]+)(?:\\(?<instance>[^\\,\s]+))?(?:,\s*(?<port>\d{1,5}))?$/i;

/** Undefined for anything else. A port wins over an instance name, as in every Microsoft client. */
export function parseServerAddress(text: string): ServerAddress | undefined {
  const parts = shape.exec(text.trim())?.groups;
  const port = parts?.["port"] === undefined ? undefined : Number(parts["port"]);
  const host = parts?.["host"];
  if (host === undefined || (port !== undefined && (port < 1 || port > 65_535))) return undefined;
  const instanceName = parts?.["instance"];
  if (instanceName === undefined && port === undefined) return { host, port: 1433, instanceName };
  return { host, port, instanceName };
}

/** The host as a connection takes it: a URL has an IPv6 address in brackets. */
export function withoutBrackets(host: string): string {
  return host.replace(/^\[|\]$/g, "");
}

/** This computer itself, by number or name. */
export function isLoopback(host: string): boolean {
  const name = withoutBrackets(host.toLowerCase());
  if (isIP(name) === 4) return name.startsWith("127.");
  return name === "localhost" || name === "::1" || name.endsWith(".localhost");
}
