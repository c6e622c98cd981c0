// Check: the logins that the databases' users stand on are on the side that takes over, with the same SID.
import { askFact, passed, warning } from "../../checks/check.ts";
import type { Place } from "../../checks/check.ts";
import type { Finding } from "../../checks/finding.ts";
import type { ReadinessCheck } from "../input.ts";
import { askBoth } from "../input.ts";
import type { LoginGap } from "../login-gaps.ts";
import { compareLogins, isWindows, usersOf } from "../login-gaps.ts";
import { called } from "../words.ts";

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
    noun: "login" | "Windows login" | "user",
    say: (logins: string) => readonly [summary: string, remedy: string],
  ): readonly Finding[] => {
    if (found.length === 0) return [];
    const [summary, remedy] = say(
      called(
        noun,
        found.map(({ login }) => login.name),
      ),
    );
    return [warning(place, summary, remedy)];
  };
  return [
    ...said(ofKind("missing", false), "login", (missing) => [
      `${server} has no ${missing}, which users of the databases stand on: they cannot log in there after the failover.`,
      `Create what is missing on ${server} with the same SID: the logins script does, once you have typed the passwords.`,
    ]),
    ...said(
      gaps.filter((gap) => gap.kind !== "nowhere" && needsEntra(place, gap)),
      "Windows login",
      (windows) => [
        `${server} cannot have the ${windows}, which users of the databases stand on.`,
        `Create Microsoft Entra logins on ${server} by the logins script, and map the users to them there after the failover.`,
      ],
    ),
    ...said(ofKind("otherSid", false), "login", (strangers) => [
      `${server} has the ${strangers} with another SID: the databases' users of that name belong to nobody there (orphaned).`,
      `On ${server}, drop and create again with the SID that the logins script names; rights there, and what was owned, are given anew.`,
    ]),
    ...said(ofKind("disabled"), "login", (disabled) => [
      `Disabled on ${server} alone: the ${disabled}.`,
      "Enable there what applications need.",
    ]),
    ...said(ofKind("nowhere"), "user", (lost) => [
      `No login on either side belongs to the ${lost}: nobody can use that now.`,
      "Map it to a login, or drop it where it is not used any more.",
    ]),
  ];
}

function needsEntra({ where }: Place, gap: LoginGap): boolean {
  return where === "instance" && isWindows(gap) && gap.kind !== "disabled";
}
