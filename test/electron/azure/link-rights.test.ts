import { describe, expect, test } from "vitest";
import { createArmPipeline } from "../../../electron/azure/arm-pipeline.ts";
import { isHeld, readInstanceRights, readLinkRights } from "../../../electron/azure/link-rights.ts";
import { dana } from "../../../practice/entra/directory.ts";
import type { PracticeEstate } from "../../../practice/estate.ts";
import { instancePath, linkPath } from "../../practice/arm/arm-client.ts";
import { given } from "../../practice/arm/changing.ts";
import { operationsOf, sessionWith } from "./changing-link.ts";
import { adatum, cloudOf, never } from "./practice-azure.ts";

const action = "Microsoft.Sql/managedInstances/distributedAvailabilityGroups/failover/action";

describe("an action", () => {
  test.each([
    ["by its name in other letters", [action.toUpperCase()], [], true],
    ["by a star for all", ["*"], [], true],
    ["by a star for the rest", ["Microsoft.Sql/managedInstances/*"], [], true],
    ["by stars in the middle", ["Microsoft.*/managedInstances/*/failover/action"], [], true],
    ["not by the right to read", ["*/read"], [], false],
    ["not by a longer name", [`${action}s`], [], false],
    ["not by a name in it", ["managedInstances/*"], [], false],
    ["not by stars whose ends would overlap", [`${action}*action`], [], false],
    ["not by nothing", [], [], false],
    ["not where the role takes it away", ["*"], ["*/failover/action"], false],
    ["where the role takes another one away", ["*"], ["*/setRole/action"], true],
  ])("is held %s", (_, actions, notActions, expected) => {
    expect(isHeld([{ actions, notActions }], action)).toBe(expected);
  });

  test("that one role takes away is held where another one gives it", () => {
    const without = { actions: ["*"], notActions: [action] };
    expect(isHeld([without, { actions: [action], notActions: [] }], action)).toBe(true);
    expect(isHeld([without, without], action)).toBe(false);
  });

  test("a hostile pattern costs no time", () => {
    const actions = [`${"*a".repeat(5000)}*b`];
    expect(isHeld([{ actions, notActions: [] }], "a".repeat(5000))).toBe(false);
  });
});

const all = { write: true, delete: true, failover: true, setRole: true, readResults: true };
const none = { write: false, delete: false, failover: false, setRole: false, readResults: false };
const unknown = { write: null, delete: null, failover: null, setRole: null, readResults: null };

describe("rights at a link", () => {
  const rights = async (estate: PracticeEstate, token: string, signal = never()) => {
    const cloud = cloudOf(estate);
    const wiring = { cloud, transport: { kind: "node" } } as const;
    const arm = createArmPipeline(sessionWith(cloud, token), adatum, wiring);
    const link = await operationsOf(estate, token).readLink(linkPath(estate));
    if (link === null) throw new Error("no link");
    return () => readLinkRights(arm, link, signal);
  };

  test.each([
    ["contributor", all],
    ["linkOperator", { ...all, failover: false, readResults: false }],
    ["reader", { ...none, readResults: true }],
    ["none", unknown],
  ])("of the role %s", (role, expected) =>
    given(async ({ estate, token, fault }) => {
      const read = await rights(estate, token);
      fault({ kind: "role", upn: dana.upn, role });
      expect(await read()).toEqual({ linkName: "LINK_Adatum", ...expected });
    }),
  );

  test.each([
    ["contributor", { write: true, removeTrust: true }],
    ["linkOperator", { write: true, removeTrust: true }],
    ["reader", { write: false, removeTrust: false }],
    ["none", { write: null, removeTrust: null }],
  ])("at its instance, of the role %s", (role, expected) =>
    given(async ({ estate, token, fault }) => {
      const cloud = cloudOf(estate);
      const wiring = { cloud, transport: { kind: "node" } } as const;
      const arm = createArmPipeline(sessionWith(cloud, token), adatum, wiring);
      fault({ kind: "role", upn: dana.upn, role });
      const resourceId = instancePath(estate);
      expect(await readInstanceRights(arm, { resourceId }, never())).toEqual(expected);
    }),
  );

  test("are not known where Azure does not answer, and rejected only when aborted", () =>
    given(async ({ estate, token, fault }) => {
      const read = await rights(estate, token);
      fault({ kind: "unavailable", requests: 1 });
      expect(await read()).toEqual({ linkName: "LINK_Adatum", ...unknown });
      const signal = AbortSignal.abort(new Error("stopped"));
      const aborted = await rights(estate, token, signal);
      await expect(aborted()).rejects.toThrow("stopped");
    }));
});
