import { describe, expect, test } from "vitest";
import { findLinks } from "../../../shared/estate/find-links.ts";
import type { Estate } from "../../../shared/estate/estate.ts";
import { linkState } from "../../../shared/estate/link-state.ts";
import type { LinkLook } from "../../../shared/estate/link-state.ts";
import {
  boxGroups,
  boxReading,
  estate,
  groupIds,
  instanceGroups,
  instanceReading,
  names,
  replicaDatabase,
  seen,
  unreachable,
} from "./sample-estate.ts";

function look(it: Estate): LinkLook {
  const link = findLinks(it).links[0];
  if (link === undefined) throw new Error("no link");
  return { estate: it, link };
}

const state = (changes: Partial<Estate>) => linkState(look(estate(changes)));

describe("one look", () => {
  test("a healthy link is healthy", () => {
    expect(state({}).kind).toBe("healthy");
  });

  test.each([
    ["unreachable", { instance: unreachable("instance") }],
    [
      "notAllowedToSee",
      {
        instance: instanceReading({
          groups: { kind: "notAllowed", permission: "VIEW SERVER STATE" },
        }),
      },
    ],
    ["absent", { instance: instanceReading({ groups: seen([]) }) }],
    [
      "roleNotTold",
      { box: boxReading({ groups: seen(boxGroups({ local: { role: "SECONDARY" } })) }) },
    ],
    [
      "roleChanging",
      { box: boxReading({ groups: seen(boxGroups({ own: { role: "RESOLVING" } })) }) },
    ],
    ["noPrimary", { box: boxReading({ groups: seen(boxGroups({ own: { role: "SECONDARY" } })) }) }],
    [
      "suspended",
      {
        instance: instanceReading({
          replicaDatabases: seen([replicaDatabase({ isSuspended: true })]),
        }),
      },
    ],
    [
      "disconnected",
      {
        box: boxReading({
          groups: seen(boxGroups({ remote: { connectedState: "DISCONNECTED" } })),
        }),
      },
    ],
    [
      "seeding",
      {
        instance: instanceReading({
          seeding: seen([
            { databaseName: names.database, state: "x", transferredBytes: 1, databaseBytes: 2 },
          ]),
        }),
      },
    ],
    [
      "lagging",
      {
        box: boxReading({
          replicaDatabases: seen([
            replicaDatabase(),
            replicaDatabase({ isLocal: false, groupId: groupIds.link, secondaryLagSeconds: 42 }),
          ]),
        }),
      },
    ],
    [
      "notHealthy",
      {
        box: boxReading({
          groups: seen(boxGroups({ own: { synchronizationHealth: "NOT_HEALTHY" } })),
        }),
      },
    ],
  ] satisfies readonly (readonly [string, Partial<Estate>])[])("%s", (kind, changes) => {
    expect(state(changes).kind).toBe(kind);
  });

  test("a lagging link names the server that is behind", () => {
    const replicaDatabases = seen([replicaDatabase({ isLocal: false, secondaryLagSeconds: 42 })]);
    expect(state({ box: boxReading({ replicaDatabases }) }).sentence).toBe(
      `${names.instance} is 42 s behind.`,
    );
  });
});

describe("two primaries", () => {
  const at = (box: string, instance: string): LinkLook => {
    const two = estate({
      instance: instanceReading({ groups: seen(instanceGroups({ own: { role: "PRIMARY" } })) }),
    });
    return look({
      box: { ...two.box, at: `2026-11-21T08:00:${box}Z` },
      instance: { ...two.instance, at: `2026-11-21T08:00:${instance}Z` },
    });
  };
  const now = at("20.000", "21.000");

  test("read once are not yet a split brain", () => {
    expect(linkState(now).kind).toBe("twoPrimariesSeenOnce");
  });

  test("read twice, five seconds apart, are one", () => {
    expect(linkState(now, { earlier: at("15.000", "15.100") }).kind).toBe("splitBrain");
  });

  test.each([
    ["less than five seconds apart", { earlier: at("15.100", "15.200") }],
    ["with the earlier sides read too far apart", { earlier: at("12.000", "15.000") }],
    ["with one primary in the earlier look", { earlier: look(estate()) }],
    ["while a run is in flight", { earlier: at("10.000", "10.000"), run: "inFlight" as const }],
  ])("%s they are not", (_, history) => {
    expect(linkState(now, history).kind).toBe("twoPrimariesSeenOnce");
  });

  test("with the sides read too far apart now they are not", () => {
    expect(linkState(at("20.000", "23.000"), { earlier: at("10.000", "10.000") }).kind).toBe(
      "twoPrimariesSeenOnce",
    );
  });
});
