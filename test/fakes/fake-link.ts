// A link of two servers in memory: what both ends show, and what a statement does to it after a while.
import type { Role, Side } from "../../shared/estate/estate.ts";
import type { LinkEndFacts, LinkRole } from "../../shared/estate/link-end-facts.ts";
import type { EndLook, LinkLook } from "../../electron/run/link-look.ts";
import type { Clock } from "../../electron/run/clock.ts";
import { fakePlan } from "./fake-plan.ts";
import { addressOf } from "./fake-session.ts";
import { versionOf } from "../../shared/plan/planned-server.ts";

export interface FakeEnd {
  serverName: string;
  role: LinkRole;
  health: LinkEndFacts["synchronizationHealth"];
  updateability: "READ_ONLY" | "READ_WRITE";
  allowConnections: LinkEndFacts["secondaryRoleAllowConnections"];
  groupId: string | null;
  groupNames: LinkEndFacts["groupNames"];
  answers: boolean;
}

export interface FakeLink {
  readonly box: FakeEnd;
  readonly instance: FakeEnd;
  setRoles(box: Role, instance: Role): void;
  look(clock: Clock): LinkLook;
}

export function fakeLink(): FakeLink {
  const end = (side: Side): FakeEnd => ({
    serverName: fakePlan[side].serverName,
    role: { kind: "seen", role: "SECONDARY" },
    health: "HEALTHY",
    updateability: "READ_ONLY",
    allowConnections: "NO",
    groupId: fakePlan.link.groupIds[side],
    groupNames: ["LinkDag", "LinkAg"],
    answers: true,
  });
  const link: FakeLink = {
    box: end("box"),
    instance: end("instance"),
    setRoles(box, instance) {
      setRole(link.box, box);
      setRole(link.instance, instance);
    },
    look: (clock) => ({
      atMs: clock.nowMs(),
      box: endLook("box", link.box),
      instance: endLook("instance", link.instance),
    }),
  };
  link.setRoles("PRIMARY", "SECONDARY");
  return link;
}

function setRole(end: FakeEnd, role: Role): void {
  end.role = { kind: "seen", role };
  end.updateability = role === "PRIMARY" ? "READ_WRITE" : "READ_ONLY";
}

function endLook(side: Side, end: FakeEnd): EndLook {
  const address = addressOf(side);
  if (!end.answers) {
    const summary = `${address} has not answered for 3 s.`;
    return {
      kind: "unseen",
      address,
      problem: { code: "noAnswerYet", class: "wait", summary, remedy: "" },
    };
  }
  const facts: LinkEndFacts = {
    side,
    server: {
      serverName: end.serverName,
      productVersion: versionOf(fakePlan[side]),
      productUpdateType: null,
      edition: fakePlan[side].edition ?? "",
      engineEdition: fakePlan[side].engineEdition ?? 3,
      serverTime: "2026-09-13T00:00:00.0000000+02:00",
    },
    role: end.role,
    groupId: end.groupId,
    partnerEndpointUrl: null,
    isLocalPrimary: side === "box" ? end.role.kind !== "notLocalPrimary" : null,
    primaryReplica: null,
    synchronizationHealth: end.health,
    connectedState: "CONNECTED",
    databases: [
      {
        name: "Adatum",
        state: "ONLINE",
        updateability: end.updateability,
        synchronizationState: "SYNCHRONIZING",
        synchronizationHealth: end.health,
        isSuspended: false,
      },
    ],
    groupNames: end.groupNames,
    commitModes: { LinkAg: "ASYNCHRONOUS_COMMIT", InstanceAg: "ASYNCHRONOUS_COMMIT" },
    secondaryRoleAllowConnections: end.allowConnections,
  };
  return { kind: "seen", address, facts };
}
