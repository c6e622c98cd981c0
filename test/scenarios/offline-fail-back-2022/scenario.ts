// SQL Server 2022 takes its database back from policy SQL Server 2022 while the link still carries the log: the gate comes first.
import { adatum } from "../linked-estate.ts";
import { offlineScenario } from "../offline-estate.ts";

export const scenario = offlineScenario(adatum, "there");
