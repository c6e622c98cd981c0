// SQL Server 2025 from policy SQL Server 2025; the link is gone, so log_end_lsn tells the position, and a reason was typed.
import { adatum } from "../linked-estate.ts";
import { offlineScenario } from "../offline-estate.ts";

const shape = {
  ...adatum,
  box: { ...adatum.box, productVersion: "17.0.1000.7" },
  instance: { ...adatum.instance, productVersion: "17.0.1000.7" },
};

export const scenario = offlineScenario(shape, "gone", { restoreAs: "Books [back] of '26" });
