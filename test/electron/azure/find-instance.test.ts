// Where Resource Graph may not be asked, each subscription is, and one that refuses does not fail the others.
import { expect, test } from "vitest";
import type { ArmPipeline } from "../../../electron/azure/arm-pipeline.ts";
import { findInstance } from "../../../electron/azure/find-instance.ts";
import { AppError } from "../../../shared/errors/app-error.ts";

const address = "sqlmi1.zone.database.windows.net";
const idIn = (subscriptionId: string) =>
  `/subscriptions/${subscriptionId}/resourceGroups/rg/providers/Microsoft.Sql/managedInstances/sqlmi1`;

function notAllowed(what: string): AppError {
  return new AppError({ code: "armNotAllowed", class: "block", summary: what, remedy: "Ask." });
}

/** Refuses Resource Graph; holds the instance in `holder`; `refusing` subscriptions may not be listed. */
function armWith(holder: string, refusing: readonly string[]) {
  const asked: string[] = [];
  const fake: Pick<ArmPipeline, "get" | "post" | "list" | "withClient"> = {
    post: () => Promise.reject(notAllowed("Resource Graph")),
    list: (_path, item) =>
      Promise.resolve(
        ["one", "two", "three"].map((id) =>
          item.parse({ subscriptionId: id, displayName: id, state: "Enabled" }),
        ),
      ),
    withClient(subscriptionId, _use, { what }) {
      asked.push(subscriptionId);
      if (refusing.includes(subscriptionId)) return Promise.reject(notAllowed(what));
      // What the list of that subscription is used for: the id of the instance with that address.
      return Promise.resolve(subscriptionId === holder ? idIn(holder) : undefined) as never;
    },
    get: (path, schema) =>
      Promise.resolve(
        schema.parse({
          id: path.split("?")[0],
          name: "sqlmi1",
          location: "westeurope",
          sku: { name: "GP_Gen5", tier: "GeneralPurpose" },
          properties: { fullyQualifiedDomainName: address, state: "Ready", databaseFormat: null },
        }),
      ),
  };
  // The four calls that finding an instance makes; any other is not a function, and fails loudly.
  return { arm: fake as ArmPipeline, asked };
}

const never = new AbortController().signal;
const sought = { address, subscriptionId: undefined };

test("the instance is found in a subscription behind one that refuses", async () => {
  const { arm, asked } = armWith("two", ["one"]);
  expect(await findInstance(arm, sought, never)).toMatchObject({ resourceId: idIn("two") });
  expect(asked).toEqual(["one", "two"]);
});

test("where it is in none that may be asked, the refusal of the other is told, never that there is none", async () => {
  const { arm, asked } = armWith("nowhere", ["two"]);
  await expect(findInstance(arm, sought, never)).rejects.toThrow("subscription two");
  expect(asked).toEqual(["one", "two", "three"]);
});

test("where every subscription may be asked and none has it, there is none", async () => {
  expect(await findInstance(armWith("nowhere", []).arm, sought, never)).toBeUndefined();
});
