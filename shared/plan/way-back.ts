// Whether a database that failed over to the managed instance can come back online. Source: Managed Instance link, update policy.
import type { ServerIdentity } from "../estate/estate.ts";
import type { WayBack } from "./actions/action-form.ts";

/** First major version that takes a database back from an instance: SQL Server 2022. */
const firstTwoWay = 16;
const sqlServer2025 = 17;

/**
 * The instance's format must be SQL Server's own. ProductUpdateType is CU under the policies SQL Server 2022 and 2025, told
 * apart by the major version, and Continuous under Always-up-to-date, which has no way back.
 */
export function wayBackOf(box: ServerIdentity, instance: ServerIdentity): WayBack {
  const boxMajor = majorOf(box);
  const formatMajor = majorOf(instance) >= sqlServer2025 ? sqlServer2025 : firstTwoWay;
  if (boxMajor < firstTwoWay) {
    return none(`${box.serverName} cannot take a database back from a managed instance.`);
  }
  if (instance.productUpdateType !== "CU") {
    return none(
      instance.productUpdateType === null
        ? `The update policy of ${instance.serverName} is not known, so no way back is promised.`
        : `${instance.serverName} is always up to date, a format SQL Server cannot take back.`,
    );
  }
  return boxMajor === formatMajor
    ? { kind: "online" }
    : none(
        `The update policy of ${instance.serverName} does not match the version of ${box.serverName}.`,
      );
}

function majorOf(server: ServerIdentity): number {
  return Number(server.productVersion.split(".")[0]);
}

function none(because: string): WayBack {
  return { kind: "none", because };
}
