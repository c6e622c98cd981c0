// Which logins the link's databases need on the side that takes over, and which of them it lacks, by name and by SID. Pure.
import type { Fact, Side } from "../estate/estate.ts";
import type { ReadinessInput } from "./input.ts";
import { sameName } from "./input.ts";
import type { Login, LoginUser } from "./server-objects.ts";
import { direction } from "../checks/check.ts";

export interface LoginGap {
  /**
   * `missing`: no login of that name or SID. `otherSid`: the name is taken by a login with another SID, so that the user belongs
   * to nobody. `disabled`: there, and disabled only there. `nowhere`: neither side has the login of a user.
   */
  readonly kind: "missing" | "otherSid" | "disabled" | "nowhere";
  /** As the side that gives up knows it; of a user that belongs to nobody the user's own name. */
  readonly login: Omit<Login, "isDisabled">;
  readonly users: readonly LoginUser[];
}

export interface ComparedLogins {
  /** How many logins the users of the databases stand on. */
  readonly needed: number;
  readonly gaps: readonly LoginGap[];
}

/** Users come with the database and are the same on both sides: the secondary's count where the primary's are hidden. */
export function usersOf({ objects, ...input }: ReadinessInput): Fact<readonly LoginUser[]> {
  const { from, to } = direction(input);
  const own = objects[from].users;
  return own.kind === "seen" || objects[to].users.kind !== "seen" ? own : objects[to].users;
}

export function compareLogins(
  users: readonly LoginUser[],
  logins: { readonly from: readonly Login[]; readonly to: readonly Login[] },
): ComparedLogins {
  const bySid = new Map<string, readonly LoginUser[]>();
  for (const user of users) bySid.set(user.sid, [...(bySid.get(user.sid) ?? []), user]);
  const gaps = [...bySid].flatMap(([sid, own]) => gapOf(sid, own, logins) ?? []);
  return { needed: bySid.size, gaps };
}

function gapOf(
  sid: string,
  users: readonly LoginUser[],
  logins: Readonly<Record<"from" | "to", readonly Login[]>>,
): LoginGap | undefined {
  const own = logins.from.find((login) => login.sid === sid);
  const there = logins.to.find((login) => login.sid === sid);
  if (there !== undefined) {
    const isOnlyThere = there.isDisabled && own?.isDisabled === false;
    return isOnlyThere ? { kind: "disabled", login: there, users } : undefined;
  }
  const [first] = users;
  const login = own ?? first;
  if (login === undefined) return undefined;
  const { name, type } = login;
  const isTaken = logins.to.some((other) => sameName(other.name, name));
  const kind = own === undefined ? "nowhere" : isTaken ? "otherSid" : "missing";
  return { kind, login: { name, type, sid }, users };
}

/** Windows logins are SQL Server's alone: an instance knows people and groups by Microsoft Entra. */
export function isWindows({ login }: LoginGap): boolean {
  return login.type === "U" || login.type === "G";
}

/** The gaps, where both sides tell their logins and one of them its users. */
export function loginGapsOf(input: ReadinessInput): readonly LoginGap[] {
  const seen = (side: Side) => input.objects[side].logins;
  const { from, to } = direction(input);
  const [users, own, there] = [usersOf(input), seen(from), seen(to)];
  if (users.kind !== "seen" || own.kind !== "seen" || there.kind !== "seen") return [];
  return compareLogins(users.value, { from: own.value, to: there.value }).gaps;
}
