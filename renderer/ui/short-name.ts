// What a server is called where room is short; the whole name stands in a tooltip or close by.
import type { Side } from "../../shared/estate/estate.ts";

/** A managed instance by the first part of its address, SQL Server as it calls itself. */
export function shortName(side: Side, serverName: string): string {
  return side === "instance" ? (serverName.split(".")[0] ?? serverName) : serverName;
}
