// How the database moves over its link, whether the link can stay, and why not.
import type { ClosedKeep, Move, Said, Way, WayFacts, WayNames } from "./way.ts";

/** What this version of SQL Server does with a link that is to stay. */
const starts: Readonly<
  Record<WayFacts["version"], "failover" | "afterUpdate" | "never" | "notRead">
> = {
  "2016": "never",
  "2017": "never",
  "2019": "never",
  "2022BelowCu10": "afterUpdate",
  "2022Cu10To12": "afterUpdate",
  "2022FromCu13": "failover",
  "2025": "failover",
  newer: "failover",
  notRead: "notRead",
};

/** Whether SQL Server can start a planned failover that keeps the link, by its own build. */
export function startsFailover(version: WayFacts["version"]): boolean {
  return starts[version] === "failover";
}

/** Whether its version can be secondary of an instance, or take its backup. */
export function isOneWayVersion(version: WayFacts["version"]): boolean {
  return starts[version] === "never";
}

/** A version newer than this tool may match a policy that this tool does not know either. */
export function isMismatch({ version, policy }: WayFacts): boolean {
  return version !== "newer" && (policy === "differs" || policy === "alwaysUpToDate");
}

/** A mode that nobody told is taken as two-way: the engine refuses a FAILOVER that it does not allow. */
export function moveOf(facts: WayFacts): Move {
  const { version, to, failoverMode } = facts;
  if (version === "notRead") return "none";
  if (to === "box") {
    const isClosed = isOneWayVersion(version) || failoverMode === "None" || isMismatch(facts);
    return isClosed ? "none" : "failover";
  }
  return startsFailover(version) && failoverMode !== "None" ? "failover" : "delete";
}

/** Why the database cannot go where it is wanted; null where it can. */
export function refusalOf(facts: WayFacts, names: WayNames): Way["refusal"] {
  if (moveOf(facts) !== "none") return null;
  const { version, failoverMode } = facts;
  if (version === "notRead") return { because: "silence", ...names.silence };
  if (isOneWayVersion(version)) {
    return {
      because: "version",
      sentence: `${buildOf(names)}: it cannot take over from a managed instance.`,
      remedy:
        "The database stays where it is: move its data by export and import, or by transactional replication.",
    };
  }
  if (failoverMode === "None") {
    return {
      because: "failoverMode",
      sentence: madeForOneWay(names),
      remedy:
        "Make the link anew with failover mode Manual, or bring the data back by a COPY_ONLY backup and a restore, with no writes in between.",
    };
  }
  return { because: "policy", ...refusedByPolicy(facts, names) };
}

/** Towards SQL Server a link that moves at all can stay; of a silent SQL Server nothing is concluded. */
export function keepOf(facts: WayFacts, names: WayNames): Way["keep"] {
  if (facts.to === "box" || facts.version === "notRead") return { kind: "open" };
  const closed = closedKeep(facts, names);
  return closed === undefined ? { kind: "open" } : { kind: "closed", ...closed };
}

/** The reason that no update takes away comes first. */
function closedKeep(facts: WayFacts, names: WayNames): ClosedKeep | undefined {
  if (isOneWayVersion(facts.version)) {
    return {
      because: "version",
      sentence: `${buildOf(names)}: it cannot stay in the link as secondary of a managed instance.`,
      remedy:
        "Choose to remove the link: only a move one way is possible, and there is no way back over it.",
    };
  }
  if (facts.failoverMode === "None") {
    return {
      because: "failoverMode",
      sentence: madeForOneWay(names),
      remedy: "Choose to remove the link, or make it anew with failover mode Manual.",
    };
  }
  if (isMismatch(facts)) {
    return {
      because: "policy",
      sentence: `${names.version} on ${names.box} and update policy ${names.policy} of ${names.instance} do not match: after a failover nothing flows back over the link.`,
      remedy: "Choose to remove the link, or use an instance whose update policy matches.",
    };
  }
  if (starts[facts.version] !== "afterUpdate") return undefined;
  return {
    because: "version",
    sentence: `${buildOf(names)}: failing over by T-SQL and keeping the link needs ${names.floor?.name ?? "an update"}, build ${names.floor?.version ?? "unknown"}, or later.`,
    remedy: `Three ways: update ${names.box}; fail over with SSMS; or choose to remove the link, which moves one way.`,
  };
}

/** "SQLBOX01 is SQL Server 2022, build 16.0.4115.5". */
export function buildOf({ box, version, build }: WayNames): string {
  return `${box} is ${version}, build ${build}`;
}

function madeForOneWay({ link }: WayNames): string {
  return `The failover mode of ${link} in Azure is None: the link was made for one way, and no failover keeps it.`;
}

/** Two ways need an exact match, and the engine refuses without it. */
function refusedByPolicy({ version, policy }: WayFacts, names: WayNames): Said {
  const { box, instance } = names;
  const sentence = `${box} is ${names.version} and the update policy of ${instance} is ${names.policy}: they do not match, and the engine refuses (41988).`;
  if (policy === "alwaysUpToDate") {
    return {
      sentence,
      remedy:
        "Nothing goes back from Always-up-to-date, neither over a link nor by a restore: move the data by export and import, or by transactional replication.",
    };
  }
  // Update policy: a restore goes back to the very version of a fixed policy.
  const restore = `Restore a COPY_ONLY backup of ${instance} on a ${names.policy}, with no writes in between`;
  return {
    sentence,
    remedy:
      version === "2025"
        ? `${restore}, or change the update policy to SQL Server 2025, which cannot be changed back.`
        : `${restore}.`,
  };
}
