// The product before SQL Server with two links of one database, connected to one of the two instances.
import { afterAll, beforeAll, expect, test } from "vitest";
import { readEstate } from "../../../electron/estate/read.ts";
import { realClock } from "../../../electron/run/clock.ts";
import { mssqlConnector } from "../../../electron/sql/mssql-session.ts";
import type { PracticeEstate } from "../../../practice/estate.ts";
import { startPracticeEstate } from "../../../practice/estate.ts";
import { findLinks } from "../../../shared/estate/find-links.ts";
import { linkState } from "../../../shared/estate/link-state.ts";
import { practiceLogins } from "../../fakes/practice-logins.ts";

let practice: PracticeEstate;
beforeAll(async () => {
  practice = await startPracticeEstate({ scenario: "two-links", clock: "manual" });
});
afterAll(async () => {
  await practice.stop();
});

/** What each link is, read with SQL Server and the instance of that place in the list. */
async function linksBy(place: 0 | 1): Promise<readonly (readonly string[])[]> {
  const logins = practiceLogins(practice);
  const server = practice.servers.filter(({ kind }) => kind === "managedInstance")[place];
  if (server === undefined) throw new Error("no such instance");
  const { name: certificateName, port, login, password } = server;
  const box = await mssqlConnector.connect(logins.box);
  const own = { ...logins.instance, certificateName, port, login, password };
  const instance = await mssqlConnector.connect(own);
  try {
    const estate = await readEstate({ box, instance }, realClock);
    return findLinks(estate).links.map((link) => [
      link.name,
      ...link.databases,
      linkState({ estate, link }).kind,
    ]);
  } finally {
    await Promise.all([box.close(), instance.close()]);
  }
}

test("both links are found with their database; each is healthy with its own instance, absent on the other's", async () => {
  expect(practice.servers.map(({ name }) => name.split(".")[0])).toEqual([
    "SQLBOX01",
    "sqlmi1",
    "sqlmi2",
  ]);
  expect(await linksBy(0)).toEqual([
    ["LINK_Adatum", "Adatum", "healthy"],
    ["LINK_Adatum_2", "Adatum", "absent"],
  ]);
  expect(await linksBy(1)).toEqual([
    ["LINK_Adatum", "Adatum", "absent"],
    ["LINK_Adatum_2", "Adatum", "healthy"],
  ]);
});
