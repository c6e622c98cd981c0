// A practice estate whose link is gone, with everything it leaves behind still there.
import type { PracticeEstate } from "../../../practice/estate.ts";
import { healthy } from "../../../practice/scenarios/healthy.ts";
import type { Scenario } from "../../../practice/scenarios/scenario.ts";
import { truth } from "../../../practice/world/truth.ts";
import type { Surroundings } from "../../../practice/world/surroundings.ts";
import { withPool } from "./practice-estate.ts";

/** The healthy link, on a SQL Server with more around it. */
export function healthyWith(surroundings: Partial<Surroundings>): Scenario {
  return { ...healthy, box: { ...healthy.box, surroundings } };
}

/** Deletes the link in Azure, and on SQL Server its distributed group where that does not stay. */
export async function removeLink(estate: PracticeEstate, groupStays = false): Promise<void> {
  const { world } = estate;
  world.setWorkload(false);
  world.changeLink({ kind: "delete" }, "dana", { isCarriedOut: true, ends: "asItWent" });
  world.advance(40_000);
  if (!truth(world.state).instance.linkDropped) throw new Error("The link is still there.");
  if (groupStays) return;
  await withPool(estate, "sqlServer", (pool) =>
    pool.request().batch("DROP AVAILABILITY GROUP [LINK_Adatum]"),
  );
}
