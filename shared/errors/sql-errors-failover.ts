// SQL Server message numbers of a link's own failover and role change: 419xx and 475xx. Source: SQL Server 2025 "Database Engine events and errors, 41400 to 49999".
import type { SqlErrorRow } from "./sql-error-row.ts";

const startAgain = "then start the failover again. Nothing has changed.";

export const failoverErrors: readonly SqlErrorRow[] = [
  {
    numbers: [47514],
    class: "block",
    actOn: "bothSides",
    meaning:
      "{server} refused the failover: the secondary does not synchronize or cannot catch up.",
    remedy: `Look at the link on both sides, wait until it is healthy, ${startAgain}`,
  },
  {
    numbers: [47515],
    class: "block",
    actOn: "primary",
    meaning: "{server} refused the failover: too much log still waits to be sent (send queue).",
    remedy: `Stop the workload on the primary, wait until the send queue is empty, ${startAgain}`,
  },
  {
    numbers: [47516],
    class: "block",
    actOn: "primary",
    meaning:
      "{server} refused the failover: too much log still waits to be redone on the secondary (redo queue).",
    remedy: `Stop the workload on the primary, wait until the redo queue is empty, ${startAgain}`,
  },
  {
    numbers: [47513],
    class: "wait",
    actOn: "bothSides",
    meaning: "{server} says that an earlier failover of this link is still in progress.",
    remedy: "Wait until it has ended and read the roles of both sides. Send no second one.",
  },
  {
    numbers: [47517],
    class: "wrongSide",
    actOn: "primary",
    meaning: "{server} is not the primary, and this failover can be started only there.",
    remedy: "Read the roles of both sides and start the failover on the one that is PRIMARY.",
  },
  {
    numbers: [47511],
    class: "block",
    actOn: "server",
    meaning:
      "{server} says that this distributed availability group is not part of a link to a managed instance.",
    remedy: "Choose the link's own distributed availability group on {server}.",
  },
  {
    numbers: [47512],
    class: "wait",
    actOn: "server",
    meaning:
      "{server} cannot change this property of the availability group while a failover is running.",
    remedy: "Wait until the failover has ended, then try again on {server}.",
  },
  {
    numbers: [47504],
    class: "ambiguous",
    actOn: "bothSides",
    meaning: "{server} reports an error of the link without saying which.",
    remedy: "Read the roles of both sides and {server}'s error log before anything else.",
  },
  {
    numbers: [47523],
    class: "block",
    actOn: "none",
    meaning: "{server} does not allow this option to be changed on a link.",
    remedy: "Leave the option as it is; nothing has changed, and nothing needs to be done.",
  },
  {
    numbers: [41954, 41955, 41956, 41958, 41959, 41960, 41961],
    class: "wait",
    actOn: "bothSides",
    meaning: "{server} is finishing its change to primary and tries again by itself.",
    remedy: "Wait and look at the roles of both sides. Do not send the failover again.",
  },
  {
    numbers: [41957],
    class: "fatal",
    actOn: "azure",
    meaning: "{server} cannot use its own backup metadata.",
    remedy: "Open a support request with Azure, with the message as it stands.",
  },
  {
    numbers: [41971],
    class: "ambiguous",
    actOn: "bothSides",
    meaning: "{server} lost its connection to the other side of the link.",
    remedy: "Read the roles of both sides, then test the ports between them.",
  },
  {
    numbers: [41964],
    class: "wait",
    actOn: "server",
    meaning: "{server} cannot do this while a database of a link is still being created.",
    remedy: "Wait until seeding on {server} has ended, or have that link removed.",
  },
  {
    numbers: [41965],
    class: "info",
    actOn: "none",
    meaning: "{server} already has the role that was asked for.",
    remedy: "Read the roles of both sides; if they are as wanted, nothing is left to do.",
  },
  {
    numbers: [41968],
    class: "wait",
    actOn: "bothSides",
    meaning: "{server} is still changing its role after an earlier request.",
    remedy: "Wait until it has ended and read the roles of both sides. Send no second request.",
  },
  {
    numbers: [41969],
    class: "ambiguous",
    actOn: "bothSides",
    meaning: "{server} could not set the role and does not say why.",
    remedy: "Read the roles of both sides and {server}'s error log before anything else.",
  },
  {
    numbers: [41970],
    class: "wrongSide",
    actOn: "sqlServer",
    meaning: "{server} cannot be made primary in a planned way from its own side.",
    remedy: "Start the planned failover on SQL Server, which is the primary.",
  },
  {
    numbers: [41985],
    class: "block",
    actOn: "azure",
    meaning: "{server} does not support a forced failover of this link.",
    remedy:
      "Read both sides. Sign in to Azure and plan again: such a link is given up by deleting it there.",
  },
  {
    numbers: [41993],
    class: "fatal",
    actOn: "instance",
    meaning: "{server} refused the failover: the copy on the managed instance is inaccessible.",
    remedy: "Make the copy on the managed instance accessible, for example by its encryption key.",
  },
];
