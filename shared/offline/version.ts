// Whether SQL Server's version can restore a backup of the instance at all, and what is possible where it cannot.
import { askSide, failed, passed, unknown } from "../checks/check.ts";
import type { Finding } from "../checks/finding.ts";
import { majorOf, plainPolicy, policyMatch, supportOf } from "../estate/versions.ts";
import type { PlannedServer } from "../plan/plan.ts";
import type { OfflineInput } from "./input.ts";

/** The first that can: before it every version restored only its own kind. */
const firstVersion = 16;

/** Whether there is an update policy that this version of SQL Server can restore backups of. */
export function canRestore({ productVersion }: Pick<PlannedServer, "productVersion">): boolean {
  return productVersion !== null && majorOf({ productVersion }) >= firstVersion;
}

const instead =
  "Instead: transactional replication from the instance, a BACPAC (SqlPackage), or bcp and Azure Data Factory.";

/** Policy 2022 to SQL Server 2022, 2025 to 2025 ("Restore a database to SQL Server"). */
export const offlineVersion = (input: Pick<OfflineInput, "estate">): readonly Finding[] =>
  askSide(input, "box", { name: "updatePolicy", blocks: true }, ({ place, facts }) =>
    askSide(input, "instance", { name: "updatePolicy", blocks: true }, (instance) => {
      const { versionName } = supportOf(facts.server);
      const { updatePolicy } = supportOf(instance.facts.server);
      const policy = updatePolicy === null ? "" : plainPolicy[updatePolicy];
      const where = instance.place.server;
      if (!canRestore(facts.server)) {
        return [failed(place, `${versionName} restores no backup of a managed instance.`, instead)];
      }
      switch (policyMatch(facts.server, instance.facts.server)) {
        case "matches":
          return [passed(place, `${versionName} restores backups of update policy ${policy}.`)];
        case "notTold":
          return [
            unknown(instance.place, true, {
              summary: `${where} does not tell its update policy, which must match ${versionName}.`,
              remedy: `Look at it in the Azure portal. ${instead}`,
            }),
          ];
        default:
          return [
            failed(
              place,
              `${versionName} cannot restore a backup of ${where}, whose update policy is ${policy}.`,
              instead,
            ),
          ];
      }
    }),
  );
