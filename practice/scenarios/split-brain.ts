// Two primaries after a forced failover, and nobody primary after an interrupted repair: what the night leaves behind.
import type { ServerKey } from "../world/state.ts";
import { healthy } from "./healthy.ts";
import { linkOf } from "./link-of.ts";
import type { Scenario } from "./scenario.ts";

const SECOND = 1000;

/**
 * The old primary is cut off and goes on taking rows, the other side is forced and takes rows of its own, and the old one
 * restarts and comes back as PRIMARY. Afterwards the applications still write there, for nobody has repointed them.
 */
function afterForced(to: ServerKey): Scenario["events"] {
  const old = to === "box" ? "instance" : "box";
  return [
    { atMs: -90 * SECOND, fault: { kind: "linkDisconnected", on: true } },
    { atMs: -80 * SECOND, fault: { kind: "forced", server: to } },
    { atMs: -65 * SECOND, fault: { kind: "userCommits", server: to, rows: 7 } },
    { atMs: -60 * SECOND, fault: { kind: "restart", server: old } },
    { atMs: -40 * SECOND, fault: { kind: "linkDisconnected", on: false } },
  ];
}

export const splitBrain: Scenario = {
  ...healthy,
  name: "split-brain",
  summary: "The instance was forced, and SQL Server came back as PRIMARY with rows of its own.",
  runningForMs: 100 * SECOND,
  events: afterForced("instance"),
};

const fromInstance = linkOf({
  name: "split-brain-instance",
  summary: "SQL Server was forced, and the instance came back as PRIMARY with rows of its own.",
  primary: "instance",
});

export const splitBrainInstance: Scenario = {
  ...fromInstance,
  // New York in winter.
  box: { ...fromInstance.box, offsetMinutes: -300 },
  runningForMs: 100 * SECOND,
  events: afterForced("box"),
};

export const noPrimary: Scenario = {
  ...healthy,
  name: "no-primary",
  summary: "A repair was broken off: both sides are SECONDARY, each with rows of its own.",
  // India, half an hour off.
  box: { ...healthy.box, offsetMinutes: 330 },
  runningForMs: 100 * SECOND,
  events: [
    ...afterForced("instance").slice(0, 3),
    { atMs: -30 * SECOND, fault: { kind: "demoted", server: "instance" } },
    { atMs: -25 * SECOND, fault: { kind: "demoted", server: "box" } },
    { atMs: -20 * SECOND, fault: { kind: "linkDisconnected", on: false } },
  ],
};

export const noPrimaryPlanned: Scenario = {
  ...healthy,
  name: "no-primary-planned",
  summary: "A planned failover broke off half way: both sides are SECONDARY, nobody forced.",
  runningForMs: 60 * SECOND,
  events: [
    {
      atMs: -40 * SECOND,
      fault: { kind: "failoverOutcome", error: 41131, rolesMoved: "half" },
    },
    { atMs: -39 * SECOND, fault: { kind: "rolesMoved" } },
  ],
};
