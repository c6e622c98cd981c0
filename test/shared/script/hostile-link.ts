// A link whose every name would break out of a string, a comment or a batch if anything put it there unquoted.
import type { Scenario } from "../../../practice/scenarios/scenario.ts";

export function hostile(start: string): string {
  return `${start} ] ' " $(x) 🙂\nGO\n;--\r\n:r x`.padEnd(126, "x");
}

export function hostileLink(scenario: Scenario): Scenario {
  return {
    ...scenario,
    name: "hostile",
    link: { ...scenario.link, name: hostile("link"), database: hostile("db") },
    box: {
      ...scenario.box,
      name: hostile("srv"),
      localPrimaryReplica: hostile("srv"),
      groupName: hostile("ag"),
    },
  };
}
