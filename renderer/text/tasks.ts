// The words of the windows Clean up after a link and Hybrid failover benefit, and of the frame that both run in.
import { visibleText } from "../../shared/visible-text.ts";

export const tasksText = {
  starting: "Both servers are locked and read again.",
  offered: "Offered now",
  plan: "What will be done",
  cleanUp: {
    title: "Clean up after a link",
    lead: "What a link leaves behind when it is gone. Nothing is removed that is not ticked, and no database is touched.",
    link: "Link that is gone",
    linkHint:
      "Its distributed availability group's name. It is typed again before anything is removed.",
    list: "What was left behind",
    nothing: "Nothing that a link leaves behind was found.",
    byHand: "Not removed here: take it out by hand",
    noAzure:
      "Nobody is signed in to Azure, so the certificates that the instance trusts are not listed.",
    reading: "Both servers are being read.",
    planning: "The plan is being made from a fresh reading.",
    readAgain: "Read again",
    next: "Next >",
    remove: "Remove",
    nothingTicked: "Next is closed: tick what is to be removed.",
    refused: "Nothing was planned",
    notRead: "Not read",
    noName: "Next is closed: type the name of the link that is gone.",
    typeName: (linkName: string) =>
      `Removing is closed: type the name of the link, ${visibleText(linkName)}.`,
  },
  hybrid: {
    title: "Hybrid failover benefit",
    lead: (linkName: string) =>
      `Passive tells Azure that the instance only follows SQL Server over the link ${visibleText(linkName)}, which its SQL Server licence is reckoned by. It is billed by the hour.`,
    now: "Now in Azure",
    instance: "Instance",
    state: "State",
    usage: "hybridSecondaryUsage",
    detected: "Detected by Azure",
    locked: "Locked",
    warnings: "Warnings",
    toActive:
      "Active tells Azure that the instance is used for more than disaster recovery, as it is after a failover to it.",
    set: (usage: string) => `Set to ${usage}`,
    tickFirst: "Closed: tick the confirmation first.",
    help: "It is changed for an instance that is there. Activating it while an instance is created is not done here.",
    signIn: "Sign in to Azure…",
  },
} as const;
