// Windows accounts among the logins: DOMAIN\user, which no other login may be called (Msg 15006), and SIDs.
import { stableBytes } from "./stable-id.ts";

/** The two halves of a Windows account; null for every other login. */
export function windowsName(
  login: string,
): { readonly domain: string; readonly user: string } | null {
  const [domain = "", user] = login.split("\\", 2);
  return user === undefined ? null : { domain, user };
}

/** A Windows account's is S-1-5-21, its domain's three numbers, its own ([MS-DTYP] 2.4.2.2); others have 16 bytes. */
export function loginSid(login: string): Uint8Array {
  const account = windowsName(login);
  if (account === null) return stableBytes(login, 16);
  const ofDomain = [1, 5, 0, 0, 0, 0, 0, 5, 21, 0, 0, 0];
  const own = stableBytes(account.user.toLowerCase(), 2);
  return Uint8Array.from([
    ...ofDomain,
    ...stableBytes(account.domain.toLowerCase(), 12),
    ...own,
    0,
    0,
  ]);
}
