import { expect, test } from "vitest";
import { grantStatement, msdbGrant } from "../../../shared/sql/grant.ts";

test("the login is quoted, whatever it is called", () => {
  expect(grantStatement("VIEW SERVER STATE", "DOM\\o]x'; DROP LOGIN sa --")).toBe(
    "GRANT VIEW SERVER STATE TO [DOM\\o]]x'; DROP LOGIN sa --];",
  );
  expect(msdbGrant("backupset", "a]b")).toBe("GRANT SELECT ON OBJECT::dbo.backupset TO [a]]b];");
});
