// The query language of Resource Graph, as far as the practice estate reads it.
import { describe, expect, test } from "vitest";
import { parseQuery } from "../../../practice/arm/kusto.ts";

describe("a query", () => {
  test("has a table, conditions and columns", () => {
    const query =
      "Resources\n| where type =~ 'microsoft.sql/managedinstances' and properties.fullyQualifiedDomainName =~ \"a.b\"\n| where name == 'x' | project id, group = resourceGroup, properties.state";
    expect(parseQuery(query)).toEqual({
      table: "Resources",
      conditions: [
        { path: "type", operator: "=~", text: "microsoft.sql/managedinstances" },
        { path: "properties.fullyQualifiedDomainName", operator: "=~", text: "a.b" },
        { path: "name", operator: "==", text: "x" },
      ],
      columns: [
        { name: "id", path: "id" },
        { name: "group", path: "resourceGroup" },
        { name: "properties_state", path: "properties.state" },
      ],
    });
    expect(parseQuery("Resources")).toEqual({
      table: "Resources",
      conditions: [],
      columns: undefined,
    });
  });

  test.each([
    [String.raw`'a\'b\\c\n\"'`, "a'b\\c\n\""],
    [String.raw`"it's \"it\""`, `it's "it"`],
    [`@'a''b\\'`, "a'b\\"],
    [`'] $(x) 🙂 | project id, =~ and =='`, "] $(x) 🙂 | project id, =~ and =="],
    ["''", ""],
  ])("reads the string %s", (written, meant) => {
    expect(parseQuery(`Resources | where name == ${written}`)?.conditions).toEqual([
      { path: "name", operator: "==", text: meant },
    ]);
  });

  test.each([
    "",
    "Resources |",
    "Resources Resources",
    "'Resources'",
    "Resources | where",
    "Resources | where name == 'a' or name == 'b'",
    "Resources | where name != 'a'",
    "Resources | where name == 'a' and",
    "Resources | where name == b",
    "Resources | where name '==' 'b'",
    "Resources | where name == 'a'b'",
    String.raw`Resources | where name == 'a\'`,
    String.raw`Resources | where name == 'a\q'`,
    "Resources | where name == 'a\nb'",
    "Resources | project",
    "Resources | project a b",
    "Resources | project a == b",
    "Resources | project id | where name == 'a'",
    "Resources | take 5",
    "Resources; Resources",
  ])("is refused as a whole: %s", (text) => {
    expect(parseQuery(text)).toBeUndefined();
  });
});
