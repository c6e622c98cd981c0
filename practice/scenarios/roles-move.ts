// Somebody else fails the link over while the operator is at work.
import { healthy } from "./healthy.ts";
import type { Scenario } from "./scenario.ts";

export const rolesMove: Scenario = {
  ...healthy,
  name: "roles-move",
  summary: "After one minute of world time somebody else fails the link over.",
  events: [{ atMs: 60_000, fault: { kind: "rolesMoved" } }],
};
