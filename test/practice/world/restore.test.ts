// What format and encryption let be restored on SQL Server.
import { expect, test } from "vitest";
import { linkOf } from "../../../practice/scenarios/link-of.ts";
import type { Scenario } from "../../../practice/scenarios/scenario.ts";
import type { ServerStatement } from "../../../practice/tsql/host.ts";
import { ask, askAndWait, failover, numbers, worldOf } from "./asking.ts";

const container = "https://a.invalid/c";
const media = [{ kind: "URL", path: `${container}/x.bak` }] as const;
const credential: ServerStatement = {
  kind: "createCredential",
  name: container,
  identity: "shared access signature",
  secret: "sig",
};
const save: ServerStatement = {
  kind: "backup",
  what: "DATABASE",
  database: "Adatum",
  to: media,
  options: new Map([["COPY_ONLY", ""]]),
};
const restore: ServerStatement = {
  kind: "restoreDatabase",
  database: "back",
  from: media,
  moves: new Map(["data_0", "log", "XTP"].map((name) => [name, `D:\\${name}`])),
  options: new Map(),
};

function encrypted(how: Scenario["engine"]["instanceEncryption"]): Scenario {
  const link = linkOf({ name: "x", summary: "", primary: "instance" });
  return { ...link, engine: { ...link.engine, instanceEncryption: how } };
}

test.each([
  ["none", encrypted("none"), []],
  ["customerManaged", encrypted("customerManaged"), []],
  ["customerManagedElsewhere", encrypted("customerManagedElsewhere"), [33111]],
  ["another format", linkOf({ name: "x", summary: "", policy: "AlwaysUpToDate" }), [3169]],
] as const)(
  "of an instance with %s SQL Server's restore ends with %j",
  async (_name, scenario, errors) => {
    const world = worldOf(scenario);
    for (const server of ["box", "instance"] as const) await ask(world, server, credential);
    expect(await askAndWait(world, "instance", save)).not.toHaveProperty("error");
    const answer = await askAndWait(world, "box", restore);
    expect(answer.error).toBe(errors.length === 0 ? undefined : 3013);
    expect(numbers(answer).filter((number) => errors.some((one) => one === number))).toEqual(
      errors,
    );
    expect(world.state.box.restored).toHaveLength(errors.length === 0 ? 1 : 0);
  },
);

test("a database encrypted by the service's key is saved by nobody else: 41922", async () => {
  const world = worldOf(encrypted("serviceManaged"));
  await ask(world, "instance", credential);
  const answer = await ask(world, "instance", save);
  expect([numbers(answer), answer.error]).toEqual([[41922], 3013]);
});

test("a copy that dropping its group left RESTORING is recovered by RESTORE without a device", async () => {
  const world = worldOf();
  await askAndWait(world, "box", failover);
  for (const group of ["LINK_Adatum", "AG_Adatum"]) {
    await ask(world, "box", { kind: "dropAvailabilityGroup", group });
  }
  expect(world.state.box.copy.state).toBe("RESTORING");
  const recover: ServerStatement = { ...restore, database: "Adatum", from: [], moves: new Map() };
  await askAndWait(world, "box", recover);
  expect(world.state.box.copy).toMatchObject({ state: "ONLINE", updateability: "READ_WRITE" });
});
