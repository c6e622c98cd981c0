// Roles: which action is in one.
import { describe, expect, test } from "vitest";
import { allows } from "../../../practice/arm/roles.ts";

const role = {
  actions: ["Microsoft.Sql/managedInstances/*", "*/read", "a.b/c+d/action"],
  notActions: ["Microsoft.Sql/managedInstances/azureADOnlyAuthentications/*"],
};

describe("an action", () => {
  test.each([
    ["Microsoft.Sql/managedInstances/write", true],
    ["MICROSOFT.SQL/managedinstances/distributedAvailabilityGroups/failover/action", true],
    ["Microsoft.Anything/else/read", true],
    ["a.b/c+d/action", true],
    ["Microsoft.Sql/managedInstances/azureADOnlyAuthentications/write", false],
    ["Microsoft.Sql/managedInstances/azureADOnlyAuthentications/read", false],
    ["Microsoft.Sql/servers/write", false],
    ["Microsoft.Anything/else/reader", false],
    ["axb/c+d/action", false],
    ["read", false],
    ["", false],
  ])("%s in a role with wildcards: %s", (action, isAllowed) => {
    expect(allows(role, action)).toBe(isAllowed);
  });
});
