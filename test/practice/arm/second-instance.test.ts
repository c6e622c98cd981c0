// The second managed instance of a database with two links: found in Azure, its link read and changed, the first left alone.
import { describe, expect, test } from "vitest";
import { healthy } from "../../../practice/scenarios/healthy.ts";
import { twoLinks } from "../../../practice/scenarios/two-links.ts";
import { truth } from "../../../practice/world/truth.ts";
import { ask, askAndWait, failover } from "../world/asking.ts";
import { instancePath, version } from "./arm-client.ts";
import { asked, codes, given, planned, toSync, type Given } from "./changing.ts";
import { changesOf, plainly } from "./plain-client.ts";

const { linkOperationMs, firstFullBackupAfterMs, fullBackupMs } = healthy.engine;
const second = { name: "sqlmi2" };
const secondLink = "LINK_Adatum_2";
const otherFailover = { ...failover, group: secondLink } as const;

/** An estate with both links; `other` changes the second one. */
function givenTwo(work: (at: Given, other: Given["link"]) => Promise<void>): Promise<void> {
  return given((at) => work(at, changesOf(at.estate, at.token, secondLink, second)), twoLinks);
}

function otherTruth({ estate }: Given) {
  const { otherLink } = truth(estate.world.state);
  if (otherLink === null) throw new Error("no other link");
  return otherLink;
}

describe("reading", () => {
  test("it is one instance of the list, with its own address, found by Resource Graph", () =>
    givenTwo(async ({ estate, token }) => {
      const own = instancePath(estate, second);
      expect((await plainly(estate, token, `${own}${version}`)).body).toMatchObject({
        id: own,
        properties: {
          fullyQualifiedDomainName: twoLinks.otherLink?.instance.name,
          databaseFormat: "SQLServer2022",
        },
      });
      const all = own.replace(/\/[^/]+$/, "");
      const { body } = await plainly(estate, token, `${all}${version}`);
      expect(body).toMatchObject({ value: [{ name: "sqlmi1" }, { name: "sqlmi2" }] });
      expect(body).not.toHaveProperty("nextLink");
      const graph = "/providers/Microsoft.ResourceGraph/resources?api-version=2024-04-01";
      const query = `Resources | where type =~ 'Microsoft.Sql/managedInstances' and properties.fullyQualifiedDomainName =~ '${String(twoLinks.otherLink?.instance.name)}' | project id`;
      expect(
        (await plainly(estate, token, graph, { method: "POST", body: { query } })).body,
      ).toMatchObject({ totalRecords: 1, data: [{ id: own }] });
    }));

  test("each instance lists its own link alone, and knows nothing of the other's", () =>
    givenTwo(async ({ estate, token, link }, other) => {
      const linksOf = async (place: { readonly name?: string }) =>
        (
          await plainly(
            estate,
            token,
            `${instancePath(estate, place)}/distributedAvailabilityGroups${version}`,
          )
        ).body;
      expect(await linksOf({})).toEqual({ value: [(await link.get()).body] });
      expect(await linksOf(second)).toEqual({ value: [(await other.get()).body] });
      expect((await other.get()).body).toMatchObject({
        name: secondLink,
        properties: {
          partnerAvailabilityGroupName: "AG_Adatum",
          instanceAvailabilityGroupName: "AG_Adatum_MI2",
          instanceLinkRole: "Secondary",
          databases: [{ databaseName: "Adatum", synchronizationHealth: "HEALTHY" }],
        },
      });
      const wrong = changesOf(estate, token, "LINK_Adatum", second);
      expect(codes([await wrong.get(), await wrong.remove()])).toEqual([
        [404, "ResourceNotFound"],
        [204, undefined],
      ]);
      expect(asked(estate)).toEqual([]);
    }));
});

describe("changing", () => {
  test("both links at once, each with an operation of its own that tells of its own link", () =>
    givenTwo(async (at, other) => {
      const accepted = [await at.link.update(toSync), await other.update(toSync)];
      expect(codes(accepted)).toEqual([
        [202, undefined],
        [202, undefined],
      ]);
      expect(codes([await other.remove()])).toEqual([[409, "ConflictingServerOperation"]]);
      at.estate.world.advance(linkOperationMs);
      const ended = await Promise.all(accepted.map(at.poll));
      expect(ended).toMatchObject([
        { status: 200, body: { name: "LINK_Adatum", properties: { replicationMode: "Sync" } } },
        { status: 200, body: { name: secondLink, properties: { replicationMode: "Sync" } } },
      ]);
      expect([asked(at.estate), otherTruth(at).linkOperations]).toMatchObject([
        [{ text: "PATCH replicationMode Sync", outcomes: ["done"] }],
        [{ text: "PATCH replicationMode Sync", outcomes: ["done"] }],
      ]);
    }));

  test("DELETE makes its database writable and backed up, and leaves the first link healthy", () =>
    givenTwo(async (at, other) => {
      const accepted = await other.remove();
      at.estate.world.advance(linkOperationMs + firstFullBackupAfterMs + fullBackupMs);
      expect(codes([await at.poll(accepted), await other.get(), await at.link.get()])).toEqual([
        [204, undefined],
        [404, "ResourceNotFound"],
        [200, undefined],
      ]);
      expect(otherTruth(at)).toMatchObject({
        instance: { linkDropped: true, updateability: "READ_WRITE", backups: { full: 1 } },
        box: { linkDropped: false, role: "PRIMARY" },
      });
      expect(truth(at.estate.world.state)).toMatchObject({
        instance: { linkDropped: false, updateability: "READ_ONLY", health: "HEALTHY" },
        linkOperations: [],
      });
    }));

  test("failover Planned is 400 while it is secondary; once T-SQL has made it primary, Azure brings SQL Server home", () =>
    givenTwo(async (at, other) => {
      const { world } = at.estate;
      expect(codes([await other.failover(planned)])).toEqual([
        [400, "InvalidDistributedAvailabilityGroupFailoverInstanceRole"],
      ]);
      world.setWorkload(false);
      world.advance(3000);
      expect(await askAndWait(world, "box", otherFailover)).toEqual({ outputs: [] });
      expect((await other.get()).body).toMatchObject({
        properties: { instanceLinkRole: "Primary", partnerLinkRole: "Secondary" },
      });
      const accepted = await other.failover(planned);
      // SQL Server's group is in that role change: its first link waits.
      expect(await ask(world, "box", failover)).toMatchObject({ error: 47513 });
      world.advance(20_000);
      expect(await at.poll(accepted)).toMatchObject({
        status: 200,
        body: { name: secondLink, properties: { instanceLinkRole: "Secondary" } },
      });
      expect(otherTruth(at)).toMatchObject({
        box: { role: "PRIMARY", updateability: "READ_WRITE" },
        instance: { role: "SECONDARY", updateability: "READ_ONLY" },
        linkOperations: [{ text: "POST failover Planned", outcomes: ["done"] }],
      });
      expect(asked(at.estate)).toEqual([]);
    }));
});
