// The text whose SHA-256 the operator approves: everything of the plan, nothing that moves by itself.
import type { Plan } from "./plan.ts";

/**
 * The plan as JSON with sorted keys and no spaces, so that the same plan gives the same text whoever built or stored it. A
 * plan holds no live figures: lag, log positions and times are gates inside its steps.
 */
export function fingerprintText(plan: Plan): string {
  return canonical(plan);
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    // By UTF-16 unit: the same on every machine, whatever its language.
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([key, member]) => `${JSON.stringify(key)}:${canonical(member)}`);
  return `{${members.join(",")}}`;
}
