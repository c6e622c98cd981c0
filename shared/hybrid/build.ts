// From the instance as Azure tells it and what was chosen to the checks and the plan of the hybrid failover benefit. Pure.
import { failed, passed, placeOf, unknown, warning } from "../checks/check.ts";
import type { Finding } from "../checks/finding.ts";
import { instanceRightFindings } from "../checks/instance-rights.ts";
import type { HybridBenefitChoices } from "../choices/choices.ts";
import type { Estate } from "../estate/estate.ts";
import type { Link, SeenLinkEnd } from "../estate/link.ts";
import { azureOf } from "../estate/link-in-azure.ts";
import { nameOf } from "../estate/name-of.ts";
import type { PlanFrame } from "../plan/actions/action-form.ts";
import type { PlanAnswer } from "../plan/build.ts";
import { acceptedWarnings, plannedServer, stepOf } from "../plan/build.ts";
import type { Environment, PlannedLink } from "../plan/plan.ts";
import { whereInAzure } from "../plan/planned-way.ts";
import { visibleText } from "../visible-text.ts";

export interface HybridInput {
  readonly estate: Estate;
  readonly link: Link;
  readonly choices: HybridBenefitChoices;
  readonly environment: Environment;
}

/** The sentence that is ticked. */
export const passiveConfirmation =
  "I confirm that this replica is passive: it is used for disaster recovery alone, and no application reads from it.";

export function checkHybrid(input: HybridInput): readonly Finding[] {
  return [...linkSeen(input), ...confirmed(input), ...instanceReady(input)];
}

/** Hybrid links only: one whose other side is a SQL Server. Passive is what follows, never the primary. */
function linkSeen({ estate, link, choices }: HybridInput): readonly Finding[] {
  const place = placeOf("hybridLink", estate.instance);
  const end = link.instance;
  if (end.kind !== "seen" || link.box.kind !== "seen" || end.role === null) {
    const summary = `The link ${visibleText(link.name)} is not seen on both servers in a role.`;
    return [
      unknown(place, true, {
        summary,
        remedy: "Read both servers; the benefit is for links alone.",
      }),
    ];
  }
  if (choices.usage === "Passive" && end.role !== "SECONDARY") {
    return [
      failed(
        place,
        `${nameOf(estate.instance)} is ${end.role}, so it is not passive.`,
        "Ask for it after a failover to SQL Server.",
      ),
    ];
  }
  return [passed(place, `${nameOf(estate.instance)} is ${end.role} of ${visibleText(link.name)}.`)];
}

function confirmed({ estate, choices }: HybridInput): readonly Finding[] {
  const place = placeOf("passiveConfirmed", estate.instance);
  if (choices.usage === "Active" || choices.isPassiveConfirmed) return [];
  return [
    failed(
      place,
      "That the replica is passive was not confirmed.",
      `Confirm: ${passiveConfirmation}`,
    ),
  ];
}

function instanceReady({ estate, choices }: HybridInput): readonly Finding[] {
  const place = placeOf("instanceReady", estate.instance);
  const azure = azureOf(estate);
  if (azure.kind !== "seen") {
    const summary =
      azure.kind === "failed" ? azure.problem.summary : "Nobody is signed in to Azure.";
    return [unknown(place, true, { summary, remedy: "Sign in to Azure." })];
  }
  const { name, state, hybridSecondaryUsage: usage, hybridSecondaryUsageDetected } = azure.instance;
  const instance = visibleText(name);
  if (usage === null) {
    const summary = `Azure does not tell the hybridSecondaryUsage of ${instance}.`;
    return [unknown(place, true, { summary, remedy: "Look at it in the Azure portal." })];
  }
  if (usage === choices.usage) {
    return [failed(place, `${instance} is ${usage} already. There is nothing to do.`, "Nothing.")];
  }
  if (state !== "Ready") {
    return [
      failed(
        place,
        `${instance} is ${state ?? "in a state that Azure does not tell"}, and is changed only while it is Ready.`,
        "Wait until it is Ready, and try again.",
      ),
    ];
  }
  const detected =
    choices.usage === "Passive" && hybridSecondaryUsageDetected === "Active"
      ? [
          warning(
            place,
            `Azure itself detects that ${instance} is used (hybridSecondaryUsageDetected Active).`,
            "Look for who reads from it: a replica that is used is not passive.",
          ),
        ]
      : [];
  return [
    ...detected,
    ...instanceRightFindings(placeOf("instanceRights", estate.instance), azure, "write"),
    passed(place, `${instance} is Ready and ${usage} now.`),
  ];
}

export function buildHybrid(
  input: HybridInput & { readonly findings: readonly Finding[] },
): PlanAnswer {
  const { estate, link, choices, environment, findings } = input;
  const blocking = findings.filter((finding) => finding.blocks);
  const { box, instance } = estate;
  const [boxEnd, instanceEnd] = [link.box, link.instance];
  const azure = whereInAzure(azureOf(estate));
  if (
    blocking.length > 0 ||
    box.kind !== "seen" ||
    instance.kind !== "seen" ||
    boxEnd.kind !== "seen" ||
    instanceEnd.kind !== "seen" ||
    instanceEnd.role === null ||
    azure === undefined
  ) {
    return { kind: "refused", findings: blocking };
  }
  const primary = instanceEnd.role === "PRIMARY" ? "instance" : "box";
  const frame: PlanFrame = {
    formatVersion: 3,
    kind: "hybridBenefit",
    environment,
    link: plannedLink(link, boxEnd, instanceEnd),
    box: plannedServer(box),
    instance: plannedServer(instance),
    from: primary === "box" ? "instance" : "box",
    to: primary,
    move: "none",
    keepLink: true,
    closeOldCopy: "no",
    azure,
    budgetSeconds: null,
    loss: null,
    reason: choices.usage === "Passive" ? passiveConfirmation : null,
  };
  const { usage } = choices;
  const action = {
    kind: "setHybridUsage",
    usage,
    previous: usage === "Passive" ? "Active" : "Passive",
    instanceRole: instanceEnd.role,
  } as const;
  return {
    kind: "plan",
    plan: {
      ...frame,
      summary: `The hybrid failover rights of ${nameOf(instance)} are set to ${usage}. Nothing moves.`,
      acceptedWarnings: acceptedWarnings(findings),
      steps: [stepOf({ action, frame, wayBack: noWayBack, number: 1 })],
    },
  };
}

const noWayBack = { kind: "unknown", because: "Nothing moves." } as const;

function plannedLink(link: Link, box: SeenLinkEnd, instance: SeenLinkEnd): PlannedLink {
  return {
    name: link.name,
    databases: link.databases,
    boxGroup: box.own?.replicaServerName ?? "",
    instanceGroup: instance.own?.replicaServerName ?? "",
    groupIds: { box: box.group.groupId, instance: instance.group.groupId },
    partnerEndpointUrls: { box: box.partnerEndpointUrl, instance: instance.partnerEndpointUrl },
  };
}
