// What is kept on disk of a link's primary: written whole after a good reading, and nothing at all where it cannot be understood.
import { mkdtempSync, readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { recallLink, rememberLinks } from "../../../electron/store/link-memory.ts";
import type { Estate, Side } from "../../../shared/estate/estate.ts";
import { adatum, adatumInAzure, linkedEstate } from "../../scenarios/linked-estate.ts";

/** group_id of the link on the instance, which is asked when SQL Server is gone. */
const onInstance = "0E984725-C51C-4BF4-9960-E1C80E27ABA0";
let folder: string;
const dataFolder = () => folder;
const file = () => join(folder, "links", `${onInstance.toLowerCase()}.json`);

/** The same two servers with so many links, each with groups of its own. */
function manyLinks(count: number): Estate {
  const estates = Array.from({ length: count }, (_, index) => {
    const one = JSON.stringify(linkedEstate({ ...adatum, link: `LINK_${String(index)}` }));
    const own = String(index).padStart(8, "0");
    // What was an estate before its group_ids were changed is one.
    return JSON.parse(one.replaceAll(/[0-9A-F]{8}(?=-[0-9A-F]{4}-)/gu, own)) as Estate;
  });
  const rows = (side: Side, fact: "groups" | "replicaDatabases") =>
    estates.flatMap((one) => {
      const reading = one[side];
      const told = reading.kind === "seen" ? reading.facts[fact] : undefined;
      return told?.kind === "seen" ? [...told.value] : [];
    });
  const withRows = (side: Side) => {
    const reading = linkedEstate(adatum)[side];
    if (reading.kind !== "seen") return reading;
    const all = (fact: "groups" | "replicaDatabases") =>
      ({ kind: "seen", value: rows(side, fact) }) as const;
    const more = { groups: all("groups"), replicaDatabases: all("replicaDatabases") };
    return { ...reading, facts: { ...reading.facts, ...more } };
  };
  // Facts of the same names and kinds as before, with more rows.
  return { box: withRows("box"), instance: withRows("instance") } as Estate;
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "mi-link-memory-"));
});

test("keeps the primary's clock with its zone, its position and the failover mode, by the other side's group_id", () => {
  rememberLinks(dataFolder, linkedEstate(adatumInAzure));
  expect(recallLink(dataFolder, onInstance.toLowerCase())).toEqual({
    primary: "box",
    readAt: "2026-11-21T20:00:00.000Z",
    serverTime: "2026-11-21 22:00:00.0 +02:00",
    databases: [
      {
        name: "AdatumBooks",
        lastCommitLsn: "40000000127200003",
        lastCommitTime: "2026-11-21 21:59:58.120",
        logSendQueueKb: 0,
      },
    ],
    failoverMode: "Manual",
  });
  expect(readdirSync(join(folder, "links"))).toHaveLength(1);
  if (process.platform !== "win32") expect(statSync(file()).mode & 0o777).toBe(0o600);
  expect(readFileSync(file(), "utf8")).not.toMatch(/dba|password|adatum\.example/iu);
});

test("keeps a failover mode that a later reading without Azure does not tell", () => {
  rememberLinks(dataFolder, linkedEstate(adatumInAzure));
  rememberLinks(dataFolder, linkedEstate(adatum));
  expect(recallLink(dataFolder, onInstance)?.failoverMode).toBe("Manual");
});

test("keeps the last good reading while one side does not answer", () => {
  rememberLinks(dataFolder, linkedEstate(adatum));
  const before = readFileSync(file(), "utf8");
  const estate = linkedEstate(adatum);
  const gone: Estate = {
    ...estate,
    box: {
      kind: "unreachable",
      side: "box",
      address: estate.box.address,
      at: estate.box.at,
      problem: { code: "noAnswer", class: "retry", summary: "It does not answer.", remedy: "" },
    },
  };
  rememberLinks(dataFolder, gone);
  expect(readFileSync(file(), "utf8")).toBe(before);
});

test("of many links some with each reading, those that are oldest first, until each is kept", () => {
  const estate = manyLinks(50);
  const files = () => readdirSync(join(folder, "links")).length;
  const kept = [0, 1, 2].map(() => {
    rememberLinks(dataFolder, estate);
    return files();
  });
  expect(kept).toEqual([20, 40, 50]);
});

describe("is nothing, and no error", () => {
  test("where there is no file, or the group_id is no file's name", () => {
    expect(recallLink(dataFolder, onInstance)).toBeUndefined();
    expect(recallLink(dataFolder, "../../etc/passwd")).toBeUndefined();
  });

  test.each(["", "{", "null", '{"formatVersion":2}', '{"formatVersion":1,"memory":{}}'])(
    "where the file holds %j",
    (text) => {
      rememberLinks(dataFolder, linkedEstate(adatum));
      writeFileSync(file(), text);
      expect(recallLink(dataFolder, onInstance)).toBeUndefined();
    },
  );

  test("where nothing can be written", () => {
    const nowhere = () => join(folder, "file");
    writeFileSync(nowhere(), "not a folder");
    rememberLinks(nowhere, linkedEstate(adatum));
    const refused = (): string => {
      throw new Error("There is no folder.");
    };
    rememberLinks(refused, linkedEstate(adatum));
    expect([recallLink(nowhere, onInstance), recallLink(refused, onInstance)]).toEqual([
      undefined,
      undefined,
    ]);
  });
});
