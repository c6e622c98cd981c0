// What a step's place is called: one server, both, or Azure.
import type { Plan, Step } from "./plan.ts";

/** 'SQLBOX01', 'SQLBOX01 and sqlmi1', 'Azure'. */
export function placeName(plan: Pick<Plan, "box" | "instance">, runsOn: Step["runsOn"]): string {
  switch (runsOn) {
    case "azure":
      return "Azure";
    case "both":
      return `${plan.box.serverName} and ${plan.instance.serverName}`;
    case "box":
    case "instance":
      return plan[runsOn].serverName;
  }
}
