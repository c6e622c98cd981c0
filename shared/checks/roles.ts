// Check: exactly one PRIMARY, on the side that the plan starts from.
import type { Role, Side } from "../estate/estate.ts";
import { nameOf } from "../estate/name-of.ts";
import type { Check, CheckInput } from "./check.ts";
import { askEnd, direction, failed, passed, unknown } from "./check.ts";
import type { Finding } from "./finding.ts";

const check = { name: "roles", blocks: true };

export const roles: Check = (input) => {
  const { box, instance } = input.link;
  if (box.kind === "seen" && instance.kind === "seen") {
    if (box.role !== null && instance.role !== null) {
      return [judge(input, { box: box.role, instance: instance.role })];
    }
  }
  return (["box", "instance"] as const).flatMap((side) =>
    askEnd(input, side, check, ({ place }, { role }) => [
      role === null
        ? unknown(place, true, {
            summary: `${place.server} does not tell its role in this link.`,
            remedy: "Connect to the primary node of its availability group, or read it again.",
          })
        : passed(place, `${place.server} is ${role}.`),
    ]),
  );
};

function judge(input: CheckInput, role: Readonly<Record<Side, Role>>): Finding {
  const place = { check: check.name, where: "both", server: "" } as const;
  const { from, to } = direction(input);
  const [giver, taker] = [nameOf(input.estate[from]), nameOf(input.estate[to])];
  if (role[from] === "PRIMARY" && role[to] === "SECONDARY") {
    return passed(place, `${giver} is PRIMARY and ${taker} is SECONDARY.`);
  }
  if (role[from] === "PRIMARY" && role[to] === "PRIMARY") {
    return failed(
      place,
      `${giver} and ${taker} both say PRIMARY, seen once.`,
      "Read both sides again; if it stays, this is a split brain, to be repaired before any failover.",
    );
  }
  if (role[from] === "RESOLVING" || role[to] === "RESOLVING") {
    return failed(
      place,
      `${giver} is ${role[from]} and ${taker} is ${role[to]}: a role is changing.`,
      "Wait until both sides show their roles, then read them again.",
    );
  }
  if (role[to] === "PRIMARY") {
    return failed(
      place,
      `${taker} is PRIMARY already and ${giver} is SECONDARY.`,
      `Nothing is to be moved to ${taker}. Choose the other direction to move back.`,
    );
  }
  return failed(
    place,
    `Neither ${giver} nor ${taker} is PRIMARY: this link has no primary.`,
    "Find out which side committed last before one of them is made primary.",
  );
}
