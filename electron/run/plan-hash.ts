// The fingerprint that an operator approves.
import { createHash } from "node:crypto";
import type { Plan } from "../../shared/plan/plan.ts";
import { fingerprintText } from "../../shared/plan/fingerprint.ts";

/** SHA-256 of the plan's fingerprint text, 64 hexadecimal digits. */
export function planHash(plan: Plan): string {
  return createHash("sha256").update(fingerprintText(plan), "utf8").digest("hex");
}
