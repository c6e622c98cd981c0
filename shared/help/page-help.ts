// What every page and window of the tool is for, what to do in it, and what comes next. Offline, like all of the help.
import { pageNames } from "../ways/pages.ts";
import type { PageName } from "../ways/pages.ts";
import type { Source } from "./sources.ts";

export interface PageHelp {
  readonly is: string;
  readonly matters: string;
  readonly act: string;
  readonly source: Source;
}

/** Windows beside the wizard; `main` is the one below all of them. */
export const windowNames = [
  "main",
  "connect",
  "azure",
  "azureRegistration",
  "network",
  "about",
  "drill",
  "chooseLink",
  "readiness",
  "repair",
  "cleanUp",
  "hybrid",
  "offline",
  "log",
  "bundle",
] as const;
export type WindowName = (typeof windowNames)[number];

export const wizardHelp: Readonly<Record<PageName, PageHelp>> = {
  introduction: {
    is: "What a failover does and what it needs.",
    matters: "A migration ends the link; disaster recovery keeps it.",
    act: "Read it once, then go on. Nothing is changed by turning pages.",
    source: "failover",
  },
  failoverType: {
    is: "Planned or forced, and whether there is a way back.",
    matters:
      "Planned loses nothing. Forced is for a primary that is gone, and loses what had not arrived.",
    act: "Choose planned while the primary answers. Read Can you come back.",
    source: "failover",
  },
  signIn: {
    is: "The other server, and Azure where the plan needs it.",
    matters: "Removing the link and reading its failover mode are Azure's alone.",
    act: "Connect to the other side; sign in where the link is to be removed.",
    source: "failover",
  },
  readiness: {
    is: "Every check with its finding, and the gate: whether both sides hold the same log.",
    matters: "Failed closes Next. A warning does not, and the gate is asked again by the run.",
    act: "Mend what failed and run all again. Each check explains itself by its question mark.",
    source: "failover",
  },
  postFailover: {
    is: "What becomes of the link and of the old primary, and how long the run may wait.",
    matters: "A removed link does not come back, and both copies are independent then.",
    act: "Keep the link unless this is a migration.",
    source: "failover",
  },
  summary: {
    is: "The plan: each step, where it runs and why there, whether it can be undone, and its statement.",
    matters:
      "Finish runs exactly these steps. What changes on the servers meanwhile makes it refuse.",
    act: "Open the steps, save the script, try a dry run, then Finish.",
    source: "here",
  },
  executing: {
    is: "The run: the step in flight, what both sides say, and what Stop would mean now.",
    matters: "Every step is on disk before it is sent. An answer that is lost is never sent twice.",
    act: "Wait, and see that the applications have stopped. Stop ends after the step that is named.",
    source: "here",
  },
  results: {
    is: "What became of the run, proved by what was read back from both sides.",
    matters: "What is still to do stands here in the order of the damage if it is forgotten.",
    act: "Save the report, send the connection strings, do what is still to do.",
    source: "here",
  },
};

export const windowHelp: Readonly<Record<WindowName, PageHelp & { readonly title: string }>> = {
  main: {
    title: "Object Explorer and the link",
    is: "Both servers as a tree, and both sides of one link beside each other, read every 5 s.",
    matters: "Nothing is changed from here. A value that could not be read is unknown, never zero.",
    act: "Connect to both servers, select a link, right-click it for what can be done.",
    source: "overview",
  },
  connect: {
    title: "Connect to server",
    is: "Server, login and encryption of one side.",
    matters:
      "A certificate that is not trusted is shown before any login is sent. A password is never written down.",
    act: "Compare the certificate's fingerprint before you trust it. Mark production as production.",
    source: "preparation",
  },
  azure: {
    title: "Sign in to Azure",
    is: "The account, what it sees of tenants and subscriptions, and where the instance was found.",
    matters: "Azure tells the link's failover mode and removes the link; T-SQL cannot.",
    act: "Sign in with the browser, or with a code on another device. A tenant that refuses is asked again in its own row.",
    source: "rest",
  },
  azureRegistration: {
    title: "Cloud and client id",
    is: "The cloud, and the app registration that this tool signs in as.",
    matters: "Without one everything works that needs no Azure.",
    act: "Register an app as the README says and type its client id.",
    source: "here",
  },
  network: {
    title: "Network test",
    is: "The way to Azure: the addresses that the cloud needs, the proxy to each, and whose certificate is shown.",
    matters:
      "A proxy that looks into TLS shows a certificate of its own, and nothing is sent before that is trusted.",
    act: "Test, and read the first layer that failed. SQL addresses are tested in Connect.",
    source: "here",
  },
  about: {
    title: "About",
    is: "Version, operator and kind of the window.",
    matters: "They stand in every report.",
    act: "Copy them into a question to support.",
    source: "here",
  },
  drill: {
    title: "Drill",
    is: "A disaster on the practice estate.",
    matters: "Nothing of yours is touched; the world tells at the end what was really lost.",
    act: "Start it, mend it with the same windows as on the day.",
    source: "disaster",
  },
  chooseLink: {
    title: "Which link is to be failed over?",
    is: "The links of one database.",
    matters: "Each goes to another instance.",
    act: "Choose one.",
    source: "overview",
  },
  readiness: {
    title: "Readiness",
    is: "Every check of a failover, and what no link carries: logins, jobs, linked servers, credentials.",
    matters: "It only reads, so it can be run weeks before the day.",
    act: "Save the report, create the missing logins by the script, run it again.",
    source: "failover",
  },
  repair: {
    title: "Repair",
    is: "Two primaries, or none, brought back to one.",
    matters: "Nothing is given up before its backup is proved to hold everything.",
    act: "Choose the side that goes on by what was written there, and where the other is saved.",
    source: "disaster",
  },
  cleanUp: {
    title: "Clean up after a link",
    is: "What a link that is gone has left behind, each with what still uses it.",
    matters: "What something uses is locked. Nothing is chosen by itself.",
    act: "Tick what you no longer need.",
    source: "scripts",
  },
  hybrid: {
    title: "Hybrid failover benefit",
    is: "Whether Azure counts the instance as a passive replica, free of licence.",
    matters:
      "After a failover to the instance it is not passive any more. Activating the benefit while an instance is created is out of this tool's scope.",
    act: "Passive while it only follows SQL Server, active once applications use it. While creating an instance, choose it in the portal.",
    source: "overview",
  },
  offline: {
    title: "Offline fail back",
    is: "A database brought back by a backup with COPY_ONLY and a restore.",
    matters:
      "A commit between the two ends the run as failed. Nothing is restored over a database.",
    act: "Stop the writers first; use a planned failover where one is possible.",
    source: "restore",
  },
  log: {
    title: "Log",
    is: "What this program itself did: starts, connections, requests that failed, runs.",
    matters: "It holds no secret. A run's own record is its journal, not this.",
    act: "Filter by level or words; copy what you ask about.",
    source: "here",
  },
  bundle: {
    title: "Support bundle",
    is: "Files for somebody who helps: versions, settings, the log, and the runs you choose.",
    matters:
      "Names and addresses are replaced by the same stand-in in every file, unless you untick it. Secrets are in none.",
    act: "Look at each file before it is written.",
    source: "here",
  },
};

/** Every page and window, by the topic that F1 opens. */
export const pageTopics = [
  ...pageNames.map((name) => `page:${name}`),
  ...windowNames.map((name) => `window:${name}`),
];
