// What is said of a side of a link to which there is no connection.
import type { Problem } from "../errors/app-error.ts";
import type { Side } from "./estate.ts";

export const notConnectedCode = "notConnected";

export function notConnected(side: Side): Problem {
  return {
    code: notConnectedCode,
    class: "block",
    summary: `${unnamed[side]} is not connected.`,
    remedy: "Connect to it.",
  };
}

/** Stands for the address of a server that nobody has named. */
export const unnamed: Readonly<Record<Side, string>> = {
  box: "SQL Server",
  instance: "The managed instance",
};
