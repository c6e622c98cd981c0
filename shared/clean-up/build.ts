// From what is left of a link and what was chosen of it to the checks and the plan of a clean-up. Pure.
import type { Finding } from "../checks/finding.ts";
import { instanceRightFindings } from "../checks/instance-rights.ts";
import { failed, passed, placeOf, unknown } from "../checks/check.ts";
import type { CleanUpChoices } from "../choices/choices.ts";
import type { AvailabilityGroup, Estate, SideReading } from "../estate/estate.ts";
import { armLinkOf, azureOf } from "../estate/link-in-azure.ts";
import { nameOf } from "../estate/name-of.ts";
import { missingRightRemedy, missingRightSentence } from "../estate/rights.ts";
import type { PlanFrame } from "../plan/actions/action-form.ts";
import { listOf } from "../plan/actions/action-form.ts";
import type { PlanAnswer } from "../plan/build.ts";
import { acceptedWarnings, plannedServer, stepOf } from "../plan/build.ts";
import type { Action, Environment, PlannedLink } from "../plan/plan.ts";
import { whereInAzure } from "../plan/planned-way.ts";
import { visibleText } from "../visible-text.ts";
import type { Leftover } from "./leftovers.ts";
import { leftoversOf, stillUsedBy } from "./leftovers.ts";
import type { SeenLeftovers } from "./seen.ts";

export interface CleanUpInput {
  readonly estate: Estate;
  readonly seen: SeenLeftovers;
  readonly choices: CleanUpChoices;
  readonly environment: Environment;
}

/** One finding for each chosen thing, and for what was not read. */
export function checkCleanUp(input: CleanUpInput): readonly Finding[] {
  const { estate, choices, seen } = input;
  const chosen = new Set(choices.remove);
  const there = leftoversOf(estate, seen);
  const place = placeOf("leftover", estate.box);
  return [
    ...notRead(input),
    ...linkIsGone(input),
    ...oneGroup(input, there),
    ...rightsInAzure(input, there),
    ...choices.remove.flatMap((key) => {
      const found = there.find((one) => one.key === key);
      if (found === undefined) {
        return [
          failed(
            place,
            `There is no ${visibleText(key)} to remove.`,
            "List what is there, and choose of that.",
          ),
        ];
      }
      return [checked(found, chosen, input)];
    }),
  ];
}

function checked(
  leftover: Leftover,
  chosen: ReadonlySet<string>,
  { estate }: CleanUpInput,
): Finding {
  const isAzure = leftover.kind === "trustCertificate";
  const place = placeOf("leftover", isAzure ? estate.instance : estate.box);
  const sentence = visibleText(leftover.sentence);
  if (leftover.isListedOnly) {
    return failed(
      place,
      `${sentence} No step can remove it.`,
      "Leave it out, and remove it by hand.",
    );
  }
  const uses = stillUsedBy(leftover, chosen);
  return uses.length === 0
    ? passed(place, `${sentence} Nothing uses it any more.`)
    : failed(
        place,
        `${sentence} It is still used by ${visibleText(listOf(uses))}.`,
        "Leave it, or remove what uses it first.",
      );
}

/** Only where something is deleted there. */
function rightsInAzure(
  { estate, choices }: CleanUpInput,
  there: readonly Leftover[],
): readonly Finding[] {
  const isAsked = there.some(
    ({ kind, key }) => kind === "trustCertificate" && choices.remove.includes(key),
  );
  const place = placeOf("instanceRights", estate.instance);
  return isAsked ? instanceRightFindings(place, azureOf(estate), "removeTrust") : [];
}

/** What may not be seen is never taken for nothing. */
export function notRead({
  estate,
  seen,
}: Pick<CleanUpInput, "estate" | "seen">): readonly Finding[] {
  const sides = [estate.box, estate.instance].flatMap((reading) => {
    const place = placeOf("reachable", reading);
    if (reading.kind === "unreachable") {
      const { summary, remedy } = reading.problem;
      return [unknown(place, true, { summary: `${summary} ${bothAreRead}`, remedy })];
    }
    return unread(reading, "groups", reading.facts.groups);
  });
  return [
    ...sides,
    ...unread(estate.box, "leftovers", seen.box),
    ...(seen.trustCertificates === null
      ? []
      : unread(estate.instance, "trust certificates", seen.trustCertificates)),
  ];
}

const bothAreRead =
  "Nothing is removed until both servers can be read: the roles are read again before each drop.";

function unread(
  reading: SideReading,
  what: string,
  fact: SeenLeftovers["box"] | SeenLeftovers["boxJobs"] | { readonly kind: "seen" },
): readonly Finding[] {
  if (fact.kind === "seen" || reading.kind !== "seen") return [];
  const place = placeOf("leftoversSeen", reading);
  if (fact.kind === "failed") return [unknown(place, true, fact.problem)];
  const { login } = reading.facts.rights;
  return [
    unknown(place, true, {
      summary: `${missingRightSentence(place.server, visibleText(login), fact.permission)} Needed to read the ${what}.`,
      remedy: missingRightRemedy(login, fact.permission),
    }),
  ];
}

/** Of a link that lives nothing is left behind: it is removed by a failover, not by a clean-up. */
function linkIsGone({ estate, choices }: CleanUpInput): readonly Finding[] {
  const { linkName } = choices;
  const name = visibleText(linkName);
  const shown = ([estate.box, estate.instance] as const)
    .filter((reading) =>
      groupsOf(reading).some((one) => one.isDistributed && one.name === linkName),
    )
    .filter(({ side }) => side === "instance" || !isDropped(choices, linkName))
    .map((reading) =>
      failed(
        placeOf("linkGone", reading),
        `${nameOf(reading)} still shows the link ${name}.`,
        reading.side === "box"
          ? "Remove its distributed availability group with the rest, where the link is gone elsewhere."
          : livingLink,
      ),
    );
  const inAzure =
    armLinkOf(azureOf(estate), linkName) === undefined
      ? []
      : [
          failed(
            placeOf("linkGone", estate.instance),
            `Azure still shows the link ${name}.`,
            livingLink,
          ),
        ];
  const all = [...shown, ...inAzure];
  return all.length > 0
    ? all
    : [passed(placeOf("linkGone", estate.instance), `The link ${name} is gone.`)];
}

const livingLink = "A link that lives is removed with a failover, where it is chosen.";

const isDropped = ({ remove }: CleanUpChoices, linkName: string): boolean =>
  remove.includes(`distributed-group:${linkName}`);

/** A plan is about one link and the group it stood on. */
function oneGroup(
  { estate, choices }: CleanUpInput,
  there: readonly Leftover[],
): readonly Finding[] {
  const chosen = there.filter(({ key }) => choices.remove.includes(key));
  const groups = chosen.filter(({ kind }) => kind === "group");
  const others = chosen.filter(
    ({ kind, name }) => kind === "distributedGroup" && name !== choices.linkName,
  );
  const place = placeOf("oneLink", estate.box);
  return [
    ...(groups.length > 1
      ? [failed(place, "More than one availability group is chosen.", "Remove one at a time.")]
      : []),
    ...others.map(({ name }) =>
      failed(
        place,
        `The distributed availability group ${visibleText(name)} is of another link.`,
        "Name that link.",
      ),
    ),
    ...(choices.remove.length === 0
      ? [failed(place, "Nothing is chosen.", "Choose what is to be removed.")]
      : []),
  ];
}

export function buildCleanUp(
  input: CleanUpInput & { readonly findings: readonly Finding[] },
): PlanAnswer {
  const { estate, choices, environment, findings, seen } = input;
  const blocking = findings.filter((finding) => finding.blocks);
  const { box, instance } = estate;
  if (blocking.length > 0 || box.kind !== "seen" || instance.kind !== "seen") {
    return { kind: "refused", findings: blocking };
  }
  const chosen = leftoversOf(estate, seen).filter(({ key }) => choices.remove.includes(key));
  const asksAzure = chosen.some(({ kind }) => kind === "trustCertificate");
  const azure = asksAzure ? whereInAzure(azureOf(estate)) : null;
  if (azure === undefined) {
    const summary = "Where the instance is in Azure was not read.";
    const place = placeOf("leftoversSeen", instance);
    return {
      kind: "refused",
      findings: [unknown(place, true, { summary, remedy: "Sign in to Azure." })],
    };
  }
  const frame: PlanFrame = {
    formatVersion: 3,
    kind: "cleanUp",
    environment,
    link: plannedLink(input, chosen),
    box: plannedServer(box),
    instance: plannedServer(instance),
    from: "box",
    to: "instance",
    move: "none",
    keepLink: true,
    closeOldCopy: "no",
    azure,
    budgetSeconds: null,
    loss: null,
    reason: null,
  };
  const names = chosen.map(({ kind, name }) => `${kindWords[kind]} ${name}`);
  return {
    kind: "plan",
    plan: {
      ...frame,
      summary: `What the link ${choices.linkName} left behind is removed: ${listOf(names)}. No database is touched.`,
      acceptedWarnings: acceptedWarnings(findings),
      steps: chosen.map((one, index) =>
        stepOf({ action: actionOf(one, seen), frame, wayBack: noWayBack, number: index + 1 }),
      ),
    },
  };
}

const noWayBack = { kind: "unknown", because: "Nothing moves." } as const;

const kindWords: Readonly<Record<Leftover["kind"], string>> = {
  distributedGroup: "distributed availability group",
  group: "availability group",
  endpoint: "endpoint",
  certificate: "certificate",
  trustCertificate: "trust certificate",
  traceFlag: "trace flag",
  job: "job",
};

function actionOf({ kind, name }: Leftover, { box }: SeenLeftovers): Action {
  switch (kind) {
    case "distributedGroup":
      return { kind: "dropDistributedGroup", group: name };
    case "group":
      return { kind: "dropGroup", group: name };
    case "endpoint":
      return { kind: "dropEndpoint", endpoint: name };
    case "certificate": {
      const seen = box.kind === "seen" ? box.value.certificates : [];
      const use = seen.find((one) => one.name === name)?.use ?? "partner";
      return { kind: "dropCertificate", certificate: name, use };
    }
    case "trustCertificate":
      return { kind: "removeTrustCertificate", certificate: name };
    case "traceFlag": {
      const seen = box.kind === "seen" ? box.value.traceFlags : [];
      const isStartup = seen.some(({ flag, isStartup }) => String(flag) === name && isStartup);
      return { kind: "turnOffTraceFlag", flag: Number(name), isStartup };
    }
    case "job":
      throw new Error("A job is listed only.");
  }
}

/** The groups that are dropped with it; of the rest of the link nothing is there any more. */
function plannedLink({ estate, choices }: CleanUpInput, chosen: readonly Leftover[]): PlannedLink {
  const groups = groupsOf(estate.box);
  const distributed = groups.find((one) => one.isDistributed && one.name === choices.linkName);
  const members = distributed?.replicas ?? [];
  const own = members.find(({ isLocal }) => isLocal === true)?.replicaServerName;
  const boxGroup = chosen.find(({ kind }) => kind === "group")?.name ?? own ?? "";
  return {
    name: choices.linkName,
    databases: databasesOf(
      estate,
      groups.find(({ name }) => name === boxGroup),
    ),
    boxGroup,
    instanceGroup: members.find(({ isLocal }) => isLocal !== true)?.replicaServerName ?? "",
    groupIds: { box: distributed?.groupId ?? null, instance: null },
    partnerEndpointUrls: { box: null, instance: null },
  };
}

function databasesOf({ box }: Estate, group: AvailabilityGroup | undefined): readonly string[] {
  if (group === undefined || box.kind !== "seen") return [];
  const rows = box.facts.replicaDatabases;
  if (rows.kind !== "seen") return [];
  const names = rows.value.filter(({ groupId }) => groupId === group.groupId);
  return [...new Set(names.map(({ databaseName }) => databaseName))].sort();
}

function groupsOf(reading: SideReading): readonly AvailabilityGroup[] {
  return reading.kind === "seen" && reading.facts.groups.kind === "seen"
    ? reading.facts.groups.value
    : [];
}
