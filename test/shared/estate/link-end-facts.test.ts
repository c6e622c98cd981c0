import { expect, test } from "vitest";
import { linkEndFacts } from "../../../shared/estate/link-end-facts.ts";
import type { LinkEndRows } from "../../../shared/estate/link-end-facts.ts";
import {
  boxGroups,
  boxReading,
  groupIds,
  instanceGroups,
  instanceServer,
  names,
  partnerUrl,
  replicaDatabase,
  server,
} from "./sample-estate.ts";

const reading = boxReading();
const box: LinkEndRows = {
  side: "box",
  server: server(),
  groups: boxGroups(),
  replicaDatabases: [replicaDatabase({ synchronizationState: "SYNCHRONIZED" })],
  databases:
    reading.kind === "seen" && reading.facts.databases.kind === "seen"
      ? reading.facts.databases.value
      : [],
};
const facts = (rows: LinkEndRows, link: string = names.link) =>
  linkEndFacts(rows, link, [names.database]);

test("the primary tells its role, its partner and its databases", () => {
  expect(facts(box)).toEqual({
    side: "box",
    server: server(),
    role: { kind: "seen", role: "PRIMARY" },
    groupId: groupIds.link,
    partnerEndpointUrl: partnerUrl,
    isLocalPrimary: true,
    primaryReplica: names.box,
    synchronizationHealth: "HEALTHY",
    connectedState: "CONNECTED",
    databases: [
      {
        name: names.database,
        state: "ONLINE",
        updateability: "READ_WRITE",
        synchronizationState: "SYNCHRONIZED",
        synchronizationHealth: "HEALTHY",
        isSuspended: false,
      },
    ],
    groupNames: ["AG_Adatum", "LINK_Adatum"],
    commitModes: { AG_Adatum: "ASYNCHRONOUS_COMMIT", AG_Adatum_MI: "ASYNCHRONOUS_COMMIT" },
    secondaryRoleAllowConnections: "NO",
  });
});

test("on another node the role is not told, and the primary node is named", () => {
  const groups = boxGroups({ local: { role: "SECONDARY" } });
  expect(facts({ ...box, groups }).role).toEqual({
    kind: "notLocalPrimary",
    primaryReplica: names.box,
  });
});

test("the instance tells its own role without a local group", () => {
  const rows = {
    ...box,
    side: "instance" as const,
    server: instanceServer(),
    groups: instanceGroups({ own: { connectedState: "DISCONNECTED" } }),
  };
  const { role, isLocalPrimary, connectedState } = facts(rows);
  expect([role, isLocalPrimary, connectedState]).toEqual([
    { kind: "seen", role: "SECONDARY" },
    null,
    "DISCONNECTED",
  ]);
});

test("a link of another name is absent, and its databases are still told", () => {
  const { role, databases, groupId } = facts(box, "LINK_Other");
  expect([role, groupId, databases[0]?.updateability]).toEqual([
    { kind: "absent" },
    null,
    "READ_WRITE",
  ]);
});

test("a group without a row of this side says so", () => {
  const groups = instanceGroups({ own: { isLocal: null, role: null } });
  expect(facts({ ...box, side: "instance", groups }).role).toEqual({ kind: "noRow" });
});

test("a database without any row has no values, never healthy ones", () => {
  const { databases } = facts({ ...box, databases: [], replicaDatabases: [] });
  expect(databases).toEqual([
    {
      name: names.database,
      state: null,
      updateability: null,
      synchronizationState: null,
      synchronizationHealth: null,
      isSuspended: null,
    },
  ]);
});
