// "Can you come back?": yes, only offline, no, or it cannot be said, and why.
import { isMismatch, isOneWayVersion, moveOf, refusalOf, startsFailover } from "./move.ts";
import type { Way, WayFacts, WayNames } from "./way.ts";

type ComeBack = Way["comeBack"];

const ask = "Can you come back?";

/** Whether the link stays after what was chosen, and whether it could. */
export interface LinkAfter {
  readonly stays: boolean;
  readonly keep: Way["keep"];
}

export function comeBackOf(facts: WayFacts, names: WayNames, after: LinkAfter): ComeBack {
  if (facts.reach === "boxSilent" || (facts.reach === "instanceSilent" && !isCertain(facts))) {
    const silent = facts.reach === "boxSilent" ? names.box : names.instance;
    return {
      kind: "unknown",
      sentence: `${ask} It cannot be said while ${silent} does not answer.`,
      remedy: "Read both servers again.",
    };
  }
  return facts.to === "box" ? backNow(facts, names, after) : backLater(facts, names, after);
}

/** Whatever the instance is, it gives nothing back. */
function isCertain({ to, version }: WayFacts): boolean {
  return to === "instance" && isOneWayVersion(version);
}

/** A failover to the instance: is there a way back afterwards? */
function backLater(facts: WayFacts, names: WayNames, { stays, keep }: LinkAfter): ComeBack {
  const { version, policy } = facts;
  if (isOneWayVersion(version)) {
    return {
      kind: "no",
      sentence: `${ask} No. ${names.version} cannot take a database back from a managed instance.`,
      remedy:
        "Accept it; back to SQL Server the data goes by export and import, or by transactional replication.",
    };
  }
  if (version === "newer") return tooNew(names);
  if (isMismatch(facts)) {
    return {
      kind: "no",
      sentence: `${ask} No. ${names.version} cannot take a database back from ${names.instance}, whose update policy is ${names.policy}.`,
      remedy:
        "Accept it, or use an instance whose update policy matches the version of SQL Server.",
    };
  }
  if (policy === "notTold") return policyNotTold(names, "");
  return stays
    ? {
        kind: "yes",
        sentence: `${ask} Yes, online. ${match(names)}, so a second planned failover returns to ${names.box} without a restore.`,
        remedy: "",
      }
    : {
        kind: "offline",
        sentence: `${ask} Only offline: by a COPY_ONLY backup from ${names.instance} and a restore on ${names.box}, with no writes in between.`,
        remedy: keep.kind === "open" ? "Accept it, or keep the link." : "Accept it.",
      };
}

/** A failover to SQL Server is the coming back; what is asked besides is whether it can be done again. */
function backNow(facts: WayFacts, names: WayNames, { stays }: LinkAfter): ComeBack {
  if (facts.version === "newer" && facts.failoverMode !== "None") return tooNew(names);
  if (moveOf(facts) === "none") {
    const { sentence = "", remedy = "" } = refusalOf(facts, names) ?? {};
    return { kind: "no", sentence: `${ask} No. ${sentence}`, remedy };
  }
  if (facts.policy === "notTold") {
    return policyNotTold(
      names,
      ` Where it does not match ${names.version}, the engine refuses (41988).`,
    );
  }
  if (!stays) {
    return {
      kind: "offline",
      sentence: `${ask} Yes, online; no restore is needed. But the link is removed then, and to fail over to ${names.instance} again it has to be made and seeded anew.`,
      remedy: "Accept it, or keep the link.",
    };
  }
  const again = startsFailover(facts.version)
    ? `, and it can fail over to ${names.instance} again`
    : "";
  return {
    kind: "yes",
    sentence: `${ask} Yes, online. ${match(names)}: no restore is needed${again}.`,
    remedy: "",
  };
}

function match({ version, policy }: WayNames): string {
  return `${version} and update policy ${policy} match`;
}

function tooNew({ box, policy }: WayNames): ComeBack {
  return {
    kind: "unknown",
    sentence: `${ask} It cannot be said: ${box} is newer than this tool. Where it does not match update policy ${policy}, the engine refuses (41988).`,
    remedy: "Look for a newer version of this tool.",
  };
}

function policyNotTold({ instance }: WayNames, more: string): ComeBack {
  return {
    kind: "unknown",
    sentence: `${ask} It cannot be said: ${instance} does not tell its update policy.${more}`,
    remedy: "Look at the update policy of the instance in the Azure portal.",
  };
}
