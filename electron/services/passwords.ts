// Passwords that an operator wants remembered: in the system's key store, for one login at one address, and nowhere else.
import { z } from "zod";
import { hasPassword } from "../../shared/connect/saved-pair.ts";
import type { ServerLogin } from "../sql/session.ts";
import type { SafeStore } from "./host-needs.ts";
import { oneAfterTheOther } from "./one-after-the-other.ts";
import type { OpenInput } from "./open-server.ts";

/** Whose password it is. */
export type PasswordOwner = Pick<OpenInput, "side" | "server" | "usePublicEndpoint"> & {
  readonly login: string;
};

export interface Passwords {
  canRemember(): Promise<boolean>;
  /** Undefined where none is remembered. */
  recall(owner: PasswordOwner): Promise<string | undefined>;
  /** Which of them a password is remembered for. */
  keptFor(owners: readonly PasswordOwner[]): Promise<readonly boolean[]>;
  remember(owner: PasswordOwner, password: string): Promise<void>;
  forget(owner: PasswordOwner): Promise<void>;
}

const content = z.record(z.string(), z.string());

/** Of more the oldest is forgotten. */
const most = 200;

/** `store` undefined: nothing is ever remembered. */
export function createPasswords(store: SafeStore | undefined): Passwords {
  // Two changes at once would each write what the other has not.
  const turn = oneAfterTheOther();
  const all = async (): Promise<ReadonlyMap<string, string>> => {
    const text = (await store?.load()) ?? "{}";
    return new Map(Object.entries(content.catch({}).parse(jsonOf(text))));
  };
  const change = (edit: (passwords: Map<string, string>) => void) =>
    turn(async () => {
      if (store === undefined) return;
      const before = await all();
      const after = new Map(before);
      edit(after);
      const kept = [...after].slice(-most);
      if (kept.length > 0) await store.save(JSON.stringify(Object.fromEntries(kept)));
      else if (before.size > 0) await store.clear();
    });
  return {
    canRemember: async () => (await store?.isAvailable()) ?? false,
    recall: async (owner) => (await all()).get(keyOf(owner)),
    async keptFor(owners) {
      const passwords = await all();
      return owners.map((owner) => passwords.has(keyOf(owner)));
    },
    remember: (owner, password) =>
      change((passwords) => {
        passwords.delete(keyOf(owner));
        passwords.set(keyOf(owner), password);
      }),
    forget: (owner) => change((passwords) => passwords.delete(keyOf(owner))),
  };
}

/** As the operator has ticked it at a login that went well. A key store that is full or locked costs no connection. */
export async function rememberPassword(
  passwords: Passwords,
  { side, server, usePublicEndpoint, rememberPassword: isWanted, ...input }: OpenInput,
  { password }: Pick<ServerLogin, "password">,
): Promise<void> {
  const { authentication } = input;
  if (isWanted === undefined || !hasPassword(authentication)) return;
  const owner = { side, server, usePublicEndpoint, login: authentication.login };
  const done = isWanted ? passwords.remember(owner, password) : passwords.forget(owner);
  await done.catch(() => undefined);
}

/** Host names are the same in capitals; logins may differ in them. */
function keyOf({ side, server, usePublicEndpoint, login }: PasswordOwner): string {
  return JSON.stringify([side, server.trim().toLowerCase(), usePublicEndpoint, login]);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
