// What must be so before a failover is forced: asked of the side that takes over alone, since the other one may be gone.
import {
  askEnd,
  askSide,
  failed,
  passed,
  placeOf,
  unknown,
  warning,
  waits,
} from "../checks/check.ts";
import type { ForcedDespite } from "../choices/choices.ts";
import type { Finding } from "../checks/finding.ts";
import { localNode } from "../checks/local-node.ts";
import type { Place } from "../checks/check.ts";
import { rightFindings } from "../checks/link-rights.ts";
import { armLinkOf, azureOf, linkRightsOf } from "../estate/link-in-azure.ts";
import { mayAlterGroups, missingRightRemedy, missingRightSentence } from "../estate/rights.ts";
import { visibleText } from "../visible-text.ts";
import type { ForcedInput } from "./input.ts";
import { givenUpName, memoryOfLost, targetName } from "./input.ts";
import { whereInAzure } from "../plan/planned-way.ts";
import { asksAzure, forcedMove } from "./move.ts";
import { suspensionsOf, verdictOf } from "./watch.ts";
import { aliveSentence, endedSentence, workingSentence } from "./words.ts";

type ForcedCheck = (input: ForcedInput) => readonly Finding[];

/** Every finding, in the order in which they are shown. Pure. */
export function checkForced(input: ForcedInput): readonly Finding[] {
  return checks.flatMap((check) => check(input));
}

const role: ForcedCheck = (input) =>
  askEnd(input, input.choices.to, { name: "roles", blocks: true }, ({ place }, end) => {
    if (end.role === "PRIMARY") {
      return [
        failed(
          place,
          `${place.server} is PRIMARY already. There is nothing to force.`,
          "Read both sides; where both say PRIMARY the link has to be repaired.",
        ),
      ];
    }
    return end.role === null
      ? [
          unknown(place, true, {
            summary: `${place.server} does not tell its role in this link.`,
            remedy: "Connect to the primary node of its availability group, or read it again.",
          }),
        ]
      : [passed(place, `${place.server} is ${end.role} and can take over.`)];
  });

const node: ForcedCheck = (input) => (input.choices.to === "box" ? localNode(input) : []);

const rights: ForcedCheck = (input) =>
  askSide(input, input.choices.to, { name: "rights", blocks: true }, ({ place, facts }) => {
    const { rights: held } = facts;
    const login = visibleText(held.login);
    if (asksAzure(input) || mayAlterGroups(held)) {
      return [passed(place, `${login} has the rights it needs on ${place.server}.`)];
    }
    const permission = "ALTER ANY AVAILABILITY GROUP";
    return [
      failed(
        place,
        `${missingRightSentence(place.server, login, permission)} Needed to change the availability groups.`,
        missingRightRemedy(held.login, permission),
      ),
    ];
  });

/** What it really is, where the link cannot be forced. Where Azure was not read, the instance refuses by itself (41985). */
const mode: ForcedCheck = (input) => {
  const { estate, link, choices } = input;
  const place = placeOf("failoverMode", estate.instance);
  if (forcedMove(input) === "force") {
    const isRead = armLinkOf(azureOf(estate), link.name) !== undefined;
    const wasNone = choices.to === "instance" && memoryOfLost(input)?.failoverMode === "None";
    return wasNone && !isRead ? [noneBefore(place, link.name)] : [];
  }
  return [
    warning(
      place,
      `The failover mode of ${visibleText(link.name)} in Azure is None: it cannot be forced (error 41985). The link is deleted instead: ${endedSentence(input)}`,
      "Accept it: there is no other way to this copy while its primary is gone.",
    ),
  ];
};

const azure: ForcedCheck = (input) => {
  if (!asksAzure(input)) return [];
  const { estate, link } = input;
  const place = placeOf("linkRights", estate.instance);
  const seen = azureOf(estate);
  if (whereInAzure(seen) === undefined) return [notSignedIn(place, link.name)];
  const right = forcedMove(input) === "delete" ? "delete" : "failover";
  return rightFindings(place, link.name, right, linkRightsOf(seen, link.name));
};

function noneBefore(place: Place, linkName: string): Finding {
  return unknown(place, true, {
    summary: `The failover mode of ${visibleText(linkName)} in Azure was None when it was last read: it cannot be forced (error 41985), only deleted in Azure, which is not read now.`,
    remedy: "Sign in to Azure.",
  });
}

/** How old the memory is, beside the plan: a plan stays the same plan while time goes on. */
const memory: ForcedCheck = (input) => {
  const reading = input.estate[input.choices.to];
  const place = placeOf("memory", reading);
  const remembered = memoryOfLost(input);
  const other = givenUpName(input);
  if (remembered === undefined) {
    return [
      unknown(place, false, {
        summary: `This computer has not read ${other} as the primary of this link before: its zone, and how far its log was, are unknown.`,
        remedy: "",
      }),
    ];
  }
  const minutes = (Date.parse(reading.at) - Date.parse(remembered.readAt)) / 60_000;
  return [passed(place, `${other} was last read ${ageWords(minutes)} ago.`)];
};

function ageWords(minutes: number): string {
  if (minutes < 120) return `${String(Math.max(0, Math.round(minutes)))} min`;
  const hours = Math.round(minutes / 60);
  return hours < 48 ? `${String(hours)} hours` : `${String(Math.round(hours / 24))} days`;
}

function notSignedIn(place: Place, linkName: string): Finding {
  return unknown(place, true, {
    summary: `Azure is to be asked, and where the link ${visibleText(linkName)} is was not read there.`,
    remedy: "Sign in to Azure.",
  });
}

/** What the watch saw; nothing where nobody has watched yet, since the run watches again before it acts. */
const alive: ForcedCheck = (input) => {
  const { watch, choices } = input;
  if (watch === undefined) return [];
  const place = placeOf("alive", input.estate[choices.to]);
  const names = { own: targetName(input), other: givenUpName(input) };
  const verdict = verdictOf(watch);
  switch (verdict.kind) {
    case "refused":
      return [failed(place, verdict.because, "Wait until that has ended, and read it again.")];
    case "alive":
      return choices.despite.includes("alive")
        ? []
        : [
            failed(
              place,
              `${aliveSentence(names)} Seen: ${verdict.signs.join(", ")}.`,
              `Fail over planned, which loses nothing. To force all the same, type a reason.`,
            ),
          ];
    case "working":
      return choices.despite.includes("working")
        ? []
        : [waits(place, workingSentence(names), "Wait until redo is empty, or go on.")];
    case "watching":
      return [waits(place, `${names.own} is being watched.`, "Wait for 10 s.")];
    case "quiet":
      return [passed(place, `Nothing arrives on ${names.own}, and it is not connected.`)];
  }
};

const suspended: ForcedCheck = (input) => {
  const { watch, choices } = input;
  if (watch === undefined || choices.despite.includes("suspended")) return [];
  const place = placeOf("suspension", input.estate[choices.to]);
  return suspensionsOf(watch.last, targetName(input)).map((sentence) =>
    failed(
      place,
      sentence,
      "More than usual may be missing. To force all the same, type a reason.",
    ),
  );
};

/** What was accepted stands in the plan whatever is seen now, so that the plan does not change with every reading. */
const accepted: ForcedCheck = (input) => {
  const { despite, reason } = input.choices;
  const place = placeOf("despite", input.estate[input.choices.to]);
  const needsReason = despite.some((one) => one !== "working");
  if (needsReason && (reason ?? "").trim() === "") {
    return [
      failed(place, "Forcing despite this needs a reason.", "Type it; it goes into the report."),
    ];
  }
  const other = givenUpName(input);
  return despite.map((one) => warning(place, despiteSentence(one, other), "It was accepted."));
};

function despiteSentence(one: ForcedDespite, other: string): string {
  switch (one) {
    case "alive":
      return `It is forced although ${other} may be alive: two primaries.`;
    case "suspended":
      return "It is forced although data movement is suspended.";
    case "working":
      return "It is forced before everything that has arrived is redone.";
  }
}

const checks: readonly ForcedCheck[] = [
  role,
  node,
  rights,
  mode,
  azure,
  memory,
  alive,
  suspended,
  accepted,
];
