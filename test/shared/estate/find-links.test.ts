import { describe, expect, test } from "vitest";
import type { Link } from "../../../shared/estate/link.ts";
import { findLinks } from "../../../shared/estate/find-links.ts";
import {
  boxGroups,
  boxReading,
  estate,
  group,
  groupIds,
  hostileNames,
  instanceGroups,
  instanceReading,
  names,
  replica,
  replicaDatabase,
  seen,
  unreachable,
} from "./sample-estate.ts";

const kinds = (links: readonly Link[]) =>
  links.map((link) => [link.name, link.box.kind, link.instance.kind]);

describe("links that both sides tell", () => {
  test("the same distributed group on both sides is one link", () => {
    const { links, cannotSay } = findLinks(estate());
    expect(kinds(links)).toEqual([[names.link, "seen", "seen"]]);
    expect(links[0]?.databases).toEqual([names.database]);
    expect(cannotSay).toEqual([]);
  });

  test("two unrelated links of the same name never pair", () => {
    const other = group({
      replicas: [
        replica({ replicaServerName: "AG_Other" }),
        replica({ replicaServerName: "AG_Other_MI", role: "SECONDARY" }),
      ],
    });
    const found = findLinks(estate({ instance: instanceReading({ groups: seen([other]) }) }));
    expect(kinds(found.links)).toEqual([
      [names.link, "seen", "absent"],
      [names.link, "absent", "seen"],
    ]);
  });

  test("group names that only look alike when put together do not pair", () => {
    const pair = (first: string, second: string) => [
      group({
        replicas: [replica({ replicaServerName: first }), replica({ replicaServerName: second })],
      }),
    ];
    const found = findLinks({
      box: boxReading({ groups: seen(pair('a","b', "c")) }),
      instance: instanceReading({ groups: seen(pair("a", 'b","c')) }),
    });
    expect(found.links).toHaveLength(2);
  });

  test.each(hostileNames)("a link called %j is found under that very name", (name) => {
    const rename = (groups: ReturnType<typeof boxGroups>) =>
      groups.map((one) => (one.isDistributed ? { ...one, name } : one));
    const found = findLinks({
      box: boxReading({ groups: seen(rename(boxGroups())) }),
      instance: instanceReading({ groups: seen(rename(instanceGroups())) }),
    });
    expect(kinds(found.links)).toEqual([[name, "seen", "seen"]]);
  });

  test("local groups are no links", () => {
    const groups = seen(boxGroups().filter((one) => !one.isDistributed));
    expect(kinds(findLinks(estate({ box: boxReading({ groups }) })).links)).toEqual([
      [names.link, "absent", "seen"],
    ]);
  });

  test("a database that only the local group's row still shows belongs to the link", () => {
    const replicaDatabases = seen([replicaDatabase({ groupId: groupIds.box })]);
    const found = findLinks(
      estate({
        box: boxReading({ replicaDatabases }),
        instance: unreachable("instance"),
      }),
    );
    expect(found.links[0]?.databases).toEqual([names.database]);
  });
});

describe("sides that cannot be asked", () => {
  test("an unreachable side is said, and its end of the link too", () => {
    const found = findLinks(estate({ instance: unreachable("instance") }));
    expect(kinds(found.links)).toEqual([[names.link, "seen", "unreachable"]]);
    expect(found.cannotSay).toEqual([
      { side: "instance", because: "sqlmi1,1433 does not answer." },
    ]);
  });

  test("both sides not allowed to see is never an empty answer alone", () => {
    const groups = { kind: "notAllowed", permission: "VIEW ANY DEFINITION" } as const;
    const found = findLinks({ box: boxReading({ groups }), instance: instanceReading({ groups }) });
    expect(found.links).toEqual([]);
    expect(found.cannotSay.map(({ because }) => because)).toEqual([
      `dba has no VIEW ANY DEFINITION on ${names.box}.`,
      `dba has no VIEW ANY DEFINITION on ${names.instance}.`,
    ]);
  });

  test("groups that are seen without their databases are not seen", () => {
    const problem = { code: "x", class: "block", summary: "no", remedy: "" } as const;
    const found = findLinks(
      estate({ box: boxReading({ replicaDatabases: { kind: "failed", problem } }) }),
    );
    expect(kinds(found.links)).toEqual([[names.link, "failed", "seen"]]);
  });
});

describe("the role a side tells", () => {
  const roleOf = (groups: ReturnType<typeof boxGroups>) => {
    const end = findLinks(estate({ box: boxReading({ groups: seen(groups) }) })).links[0]?.box;
    return end?.kind === "seen" ? [end.role, end.isLocalPrimary] : undefined;
  };

  test("is the distributed row's on the primary node of the local group", () => {
    expect(roleOf(boxGroups())).toEqual(["PRIMARY", true]);
  });

  test("is not concluded on another node, whose row shows roles upside down", () => {
    expect(roleOf(boxGroups({ local: { role: "SECONDARY" } }))).toEqual([null, false]);
  });

  test("is not concluded where the local group cannot be seen", () => {
    expect(roleOf(boxGroups().filter((one) => one.isDistributed))).toEqual([null, false]);
  });

  test("is the distributed row's on the instance, whose inner group need not show itself", () => {
    const end = findLinks(estate()).links[0]?.instance;
    expect(end?.kind === "seen" ? [end.role, end.isLocalPrimary] : undefined).toEqual([
      "SECONDARY",
      null,
    ]);
  });
});
