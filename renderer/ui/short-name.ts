// What a server is called where room is short; the whole name stands in a tooltip or close by.
import type { Side } from "../../shared/estate/estate.ts";

/** A managed instance by the first part of its name, SQL Server as it calls itself. An IP address has no parts to leave out. */
export function shortName(side: Side, serverName: string): string {
  const isWhole = side === "box" || /^[\d.]+(,\d+)?$/u.test(serverName);
  return isWhole ? serverName : (serverName.split(".")[0] ?? serverName);
}
