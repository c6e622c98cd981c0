// Plans of repairs, for tests of what every script and scenario folder must be.
import type { Finding } from "../../../shared/checks/finding.ts";
import type { Plan } from "../../../shared/plan/plan.ts";
import { buildRepairPlan } from "../../../shared/repair/build.ts";
import { checkRepair } from "../../../shared/repair/checks.ts";
import type { RepairInput } from "../../../shared/repair/input.ts";
import type { LinkLook } from "../../../shared/estate/link-state.ts";
import { azureOf } from "../../scenarios/azure-fact.ts";
import { adatumInAzure } from "../../scenarios/linked-estate.ts";
import { names } from "../estate/sample-estate.ts";
import { broken, choices, repairInput } from "./samples.ts";

const container = { folder: "https://store.blob.core.windows.net/backup", stamp: "S1" };

/** Two primaries: SQL Server is given up. */
export const boxGivenUp: Partial<RepairInput> = {};

/** Two primaries: the instance is given up, and it was typed that nobody can write there. */
export const instanceGivenUp: Partial<RepairInput> = {
  choices: {
    ...choices,
    survivor: "box",
    saveTo: { box: null, instance: container },
    writersStopped: "Its firewall is closed.",
  },
};

/** The same, and Azure is asked to make the instance secondary. */
export const instanceGivenUpByAzure: Partial<RepairInput> = {
  ...inAzure(broken("splitBrain", 10)),
  choices: { ...choices, ...instanceGivenUp.choices, demoteBy: "arm" },
};

/** Two primaries that end as two databases: Azure removes the link. */
export const endingAlone: Partial<RepairInput> = {
  ...inAzure(broken("splitBrain", 10)),
  choices: { ...choices, ending: "alone", saveTo: { box: null, instance: null } },
};

/** Nobody is primary: both are saved, and the instance is made primary. */
export const nobodyPrimary: Partial<RepairInput> = {
  ...broken("noPrimary", 10),
  earlier: broken("noPrimary", 4),
  choices: { ...choices, saveTo: { ...choices.saveTo, instance: container } },
};

/** The same look with the link in Azure beside it. */
function inAzure({ estate, link }: LinkLook): LinkLook {
  const azure = azureOf({
    ...adatumInAzure,
    link: names.link,
    instance: { ...adatumInAzure.instance, serverName: names.instance },
  });
  return { estate: { ...estate, azure }, link };
}

export function repaired(changes: Partial<RepairInput>): {
  readonly plan: Plan;
  readonly findings: readonly Finding[];
} {
  const input = repairInput(changes);
  const findings = checkRepair(input);
  const answer = buildRepairPlan({ ...input, environment: "production", findings });
  if (answer.kind === "plan") return { plan: answer.plan, findings };
  throw new Error(answer.findings.map(({ summary }) => summary).join(" "));
}
