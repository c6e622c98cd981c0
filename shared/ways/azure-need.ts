// What a way asks of Azure, what is in the way of asking it, and who is asked for the failover itself.
import { moveOf } from "./move.ts";
import type { Lack, Offer, Way, WayFacts, WayNames } from "./way.ts";

/** Only Azure ends the instance's side of a link. */
export function azureNeedOf(facts: WayFacts, names: WayNames, isRemoved: boolean): Way["azure"] {
  const isNeeded = isRemoved || byOf(facts) === "arm";
  return {
    isNeeded,
    lacks: isRemoved ? lacksOf(facts, names) : null,
    sentence: isRemoved
      ? `The link ${names.link} is removed by Azure, and nothing else can: an account with the right to delete it is needed.`
      : isNeeded
        ? `The failover is asked of Azure: the login on ${names.instance} may not change availability groups.`
        : "The failover itself is sent by T-SQL and needs no Azure account.",
  };
}

/** What stands in the way of a DELETE of the link. */
export function lacksOf({ azure }: WayFacts, names: WayNames): Lack | null {
  switch (azure) {
    case "notRead":
      return {
        what: "signIn",
        sentence: `The link ${names.link} is removed by Azure. ${names.azure.sentence}`,
        remedy: names.azure.remedy,
      };
    case "noDelete":
    case "onlyReads":
      return {
        what: "deleteRight",
        sentence: `The account that is signed in to Azure may not delete the link ${names.link}.`,
        remedy: `Ask for the role SQL Managed Instance Contributor, or the right ${deleteRight}, or sign in with another account.`,
      };
    case "all":
    case "noFailover":
      return null;
  }
}

const deleteRight = "Microsoft.Sql/managedInstances/distributedAvailabilityGroups/delete";

/** T-SQL, unless the login on the instance may not send it and Azure may be asked in its place. */
export function failoverByOf(facts: WayFacts, names: WayNames): Way["failoverBy"] {
  const by = byOf(facts);
  if (by === "arm") {
    return {
      default: by,
      sentence: `Azure is asked for the failover: the login on ${names.instance} may not change availability groups.`,
    };
  }
  if (moveOf(facts) !== "failover") {
    return { default: by, sentence: noFailover(facts, names) };
  }
  const from = facts.to === "instance" ? names.box : names.instance;
  return {
    default: by,
    sentence: `Runs on ${from}, because it is primary.`,
  };
}

/** From the instance, by an account that Azure tells of the link; what it may not do Azure says by 403. */
export function askAzureOf(facts: WayFacts, { instance }: WayNames): Offer {
  const { to, azure, reach } = facts;
  const isOffered =
    to === "box" && azure !== "notRead" && reach === "both" && moveOf(facts) === "failover";
  const isDefault = byOf(facts) === "arm";
  const instead = isDefault
    ? ""
    : ` Where the account has no right to ask for it (403), FAILOVER is sent to ${instance} by T-SQL, and the report says so.`;
  const sentence = isOffered ? `Azure is asked in place of ${instance}.${instead}` : "";
  return { isOffered, isDefault, sentence };
}

function noFailover(facts: WayFacts, { instance, databases }: WayNames): string {
  return moveOf(facts) === "delete"
    ? `No FAILOVER is sent: Azure ends the link, and ${databases} on ${instance} becomes a database of its own.`
    : "No FAILOVER is sent.";
}

/** ARM refuses Planned while the instance is secondary, so SQL Server is always asked by T-SQL. */
function byOf(facts: WayFacts): "tsql" | "arm" {
  const { to, instanceLogin, azure } = facts;
  const mayAskAzure = azure === "all" || azure === "noDelete";
  return to === "box" &&
    instanceLogin === "doesNot" &&
    mayAskAzure &&
    facts.reach === "both" &&
    moveOf(facts) === "failover"
    ? "arm"
    : "tsql";
}
