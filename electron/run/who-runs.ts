// Who runs a plan: the operator of this computer, this process and the logins in use.
import { hostname, userInfo } from "node:os";
import type { Side } from "../../shared/estate/estate.ts";
import type { RunRequest } from "./start-run.ts";
import { toolVersion } from "./tool-version.ts";

export function whoRuns(logins: Readonly<Record<Side, string>>): RunRequest["by"] {
  return {
    operator: operatorName(),
    toolHost: hostname(),
    processId: process.pid,
    toolVersion,
    logins,
  };
}

export function operatorName(): string {
  try {
    return userInfo().username;
  } catch {
    // A user id without a name, as in some containers.
    return `user ${String(process.getuid?.() ?? "unknown")}`;
  }
}
