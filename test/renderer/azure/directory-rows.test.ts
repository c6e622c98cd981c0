// Tenants and subscriptions as rows: each tells its own state, and one says where the instance is.
import { describe, expect, test } from "vitest";
import {
  isLooking,
  placeOf,
  refusedCount,
  tenantRows,
} from "../../../renderer/azure/directory-rows.ts";
import type { Asked } from "../../../renderer/azure/directory-rows.ts";

const refusal = { code: "x", class: "block", summary: "Refused.", remedy: "Ask." } as const;
const listed = (...ids: readonly string[]) => ({
  kind: "loaded" as const,
  value: ids.map((id) => ({ subscriptionId: id, name: `Subscription ${id}`, state: "Enabled" })),
});
const foundIn = (subscriptionId: string) => ({
  kind: "loaded" as const,
  value: {
    resourceId: `/subscriptions/${subscriptionId}/resourceGroups/g/providers/Microsoft.Sql/managedInstances/mi`,
    name: "mi",
    databaseFormat: null,
    failoverMode: "Manual",
  },
});
const nowhere = { kind: "loaded", value: null } as const;

function asked(more: Partial<Asked> = {}): Asked {
  const tenants = ["home", "guest"].map((id) => ({ tenantId: id, name: `Tenant ${id}` }));
  return { tenants: { kind: "loaded", value: tenants }, subscriptions: {}, looks: {}, ...more };
}

describe("a tenant", () => {
  test("that refuses says why, while the other one tells its subscriptions", () => {
    const [home, guest] = tenantRows(
      asked({
        subscriptions: { home: listed("a", "b"), guest: { kind: "error", error: refusal } },
      }),
    );
    expect(home).toMatchObject({ isBeingRead: false, problem: undefined });
    expect(home?.subscriptions?.map(({ name }) => name)).toEqual([
      "Subscription a",
      "Subscription b",
    ]);
    expect(guest).toMatchObject({ isBeingRead: false, problem: refusal, subscriptions: undefined });
  });

  test("that is read again keeps its subscriptions meanwhile, and loses them once it refuses", () => {
    const old = listed("a").value;
    const subscriptions = { home: { kind: "loading" as const, old } };
    const [again] = tenantRows(asked({ subscriptions }));
    expect(again).toMatchObject({ isBeingRead: true, subscriptions: [{ name: "Subscription a" }] });
    const [refuses] = tenantRows(
      asked({ subscriptions: { home: { kind: "error", error: refusal, old } } }),
    );
    expect(refuses?.subscriptions).toBeUndefined();
  });

  test("that has not been asked yet is being read", () => {
    expect(tenantRows(asked()).map(({ isBeingRead }) => isBeingRead)).toEqual([true, true]);
  });
});

describe("a subscription", () => {
  test("is called by its state where it is not simply enabled", () => {
    const one = { subscriptionId: "a", name: "A" };
    const value = ["Disabled", "Enabled", null].map((state) => ({ ...one, state }));
    const [home] = tenantRows(asked({ subscriptions: { home: { kind: "loaded", value } } }));
    expect(home?.subscriptions?.map(({ state }) => state)).toEqual([
      "Disabled",
      undefined,
      undefined,
    ]);
  });

  test("holds what its tenant's one question found, whatever the case of its id, and the others do not", () => {
    const question = asked({
      subscriptions: { home: listed("abc", "b") },
      looks: { home: foundIn("ABC") },
    });
    const rows = tenantRows(question);
    expect(rows[0]?.subscriptions?.map(({ look }) => look)).toEqual(["holds", "notLooked"]);
    expect(placeOf(question, rows)).toMatchObject({
      subscription: "Subscription abc",
      tenant: "Tenant home",
      found: { failoverMode: "Manual" },
    });
  });

  test("that was looked into says what was seen there, over its tenant's question", () => {
    const question = asked({
      subscriptions: { home: listed("a", "b", "c") },
      looks: {
        home: foundIn("a"),
        a: nowhere,
        b: foundIn("b"),
        c: { kind: "error", error: refusal },
      },
    });
    const rows = tenantRows(question);
    expect(rows[0]?.subscriptions?.map(({ look, problem }) => [look, problem])).toEqual([
      ["hasNot", undefined],
      ["holds", undefined],
      ["refused", refusal],
    ]);
    expect(placeOf(question, rows)?.subscription).toBe("Subscription b");
    expect(rows[0]?.look).toBe("holds");
  });
});

describe("the instance", () => {
  test("is looked for until every tenant has answered, and then is nowhere", () => {
    const subscriptions = { home: listed("a"), guest: { kind: "loading" as const } };
    const before = asked({ subscriptions, looks: { home: nowhere } });
    expect(isLooking(before, tenantRows(before))).toBe(true);
    const after = asked({
      subscriptions: { ...subscriptions, guest: { kind: "error", error: refusal } },
      looks: { home: nowhere },
    });
    const rows = tenantRows(after);
    expect([isLooking(after, rows), placeOf(after, rows), refusedCount(rows)]).toEqual([
      false,
      undefined,
      1,
    ]);
  });

  test("is looked for while the tenants are not known", () => {
    const question = asked({ tenants: { kind: "loading" } });
    expect(isLooking(question, tenantRows(question))).toBe(true);
  });
});
