// Build numbers compared.
import { expect, test } from "vitest";
import { isOlder } from "../../../practice/world/versions.ts";

test.each([
  ["16.0.4115.5", true],
  ["16.0.4125.2", true],
  ["15.0.9999.9", true],
  ["16.0.4125.3", false],
  ["16.0.4195.2", false],
  ["17.0.1000.7", false],
  ["16.0.10000.0", false],
])("%s is older than 16.0.4125.3: %s", (build, older) => {
  expect(isOlder(build, "16.0.4125.3")).toBe(older);
});
