// Check: the logins that the databases' users stand on are on the side that takes over, with the same SID.
import { askFact, passed, warning } from "../../checks/check.ts";
import type { Place } from "../../checks/check.ts";
import type { Finding } from "../../checks/finding.ts";
import type { ReadinessCheck } from "../input.ts";
import { askBoth } from "../input.ts";
import type { LoginGap } from "../login-gaps.ts";
import { compareLogins, isWindows, usersOf } from "../login-gaps.ts";
import { named } from "../words.ts";

const asked = { name: "logins", what: "logins" } as const;

export const logins: ReadinessCheck = (input) =>
  askBoth(input, { ...asked, fact: ({ logins: fact }) => fact }, ({ from, to }) =>
    askFact(
      from.seen,
      usersOf(input),
      { what: "the users of the link's databases", blocks: false },
      (users) => {
        const { place } = to.seen;
        const compared = compareLogins(users, { from: from.value, to: to.value });
        if (compared.needed === 0) {
          return [passed(place, "No user of the link's databases stands on a login.")];
        }
        if (compared.gaps.length > 0) return findings(place, compared.gaps);
        return [
          passed(
            place,
            `${place.server} has ${compared.needed === 1 ? "the login" : `all ${String(compared.needed)} logins`} that the databases' users stand on, with the same SID.`,
          ),
        ];
      },
    ),
  );

function findings(place: Place, gaps: readonly LoginGap[]): readonly Finding[] {
  const { server } = place;
  const ofKind = (kind: LoginGap["kind"], wanted?: boolean) =>
    gaps.filter(
      (gap) => gap.kind === kind && (wanted === undefined || wanted === needsEntra(place, gap)),
    );
  const said = (
    found: readonly LoginGap[],
    say: (names: string) => readonly [summary: string, remedy: string],
  ): readonly Finding[] => {
    if (found.length === 0) return [];
    const [summary, remedy] = say(named(found.map(({ login }) => login.name)));
    return [warning(place, summary, remedy)];
  };
  return [
    ...said(ofKind("missing", false), (names) => [
      `${server} has no login ${names}. Users of the databases stand on it: they cannot log in there after the failover.`,
      `Create it on ${server} with the same SID: the logins script does, once you have typed the passwords.`,
    ]),
    ...said(
      gaps.filter((gap) => gap.kind !== "nowhere" && needsEntra(place, gap)),
      (names) => [
        `${names}: a Windows login, which ${server} cannot have. Users of the databases stand on it.`,
        `Create its Microsoft Entra login on ${server} by the logins script, and map the user to it there after the failover.`,
      ],
    ),
    ...said(ofKind("otherSid", false), (names) => [
      `${server} has a login ${names}, but with another SID: the databases' users of that name belong to nobody there (orphaned).`,
      `Drop the login on ${server} and create it again with the SID that the logins script names; give its rights, and what it owned, anew.`,
    ]),
    ...said(ofKind("disabled"), (names) => [
      `The login ${names} is disabled on ${server} alone.`,
      "Enable it there before applications need it.",
    ]),
    ...said(ofKind("nowhere"), (names) => [
      `Neither side has the login of the user ${names}: it belongs to nobody now.`,
      "Map it to a login or drop it, where it is not used any more.",
    ]),
  ];
}

function needsEntra({ where }: Place, gap: LoginGap): boolean {
  return where === "instance" && isWindows(gap) && gap.kind !== "disabled";
}
