// Decides over a login with a Windows account: what the domain says of it, and whether the server knows it.
import { windowsName } from "../catalog/windows-names.ts";
import type { SqlMessage } from "../sql-types.ts";
import { untrustedDomain } from "../tds/login-answer.ts";
import type { WindowsProof } from "../tds/ntlm/exchange.ts";
import { sameName } from "../world/groups.ts";
import { loginsOf, type ServerParts } from "./server-parts.ts";

/**
 * The login of the account, or the refusal. A client is told 18452 alike for a domain that is not trusted, for an account
 * that the domain does not have and for a wrong password: AcceptSecurityContext tells the server no more than that it
 * failed (17806 in its log). An account that has proved itself and has no login here is refused by name, 18456.
 */
export function windowsLogin(parts: ServerParts, proof: WindowsProof): string | SqlMessage {
  if (proof.isAnonymous) return loginFailed("NT AUTHORITY\\ANONYMOUS LOGON");
  const account = parts.logins.find(
    ({ login }) => windowsName(login) !== null && sameName(login, `${proof.domain}\\${proof.user}`),
  );
  if (account === undefined || !proof.isProvedBy(account.password)) return untrustedDomain;
  const isKnown = loginsOf(parts).some(({ name }) => sameName(name, account.login));
  return isKnown ? account.login : loginFailed(account.login);
}

/** A client is always told state 1; the server's own log alone tells more ("MSSQLSERVER_18456"). */
export function loginFailed(user: string): SqlMessage {
  return { number: 18456, severity: 14, state: 1, text: `Login failed for user '${user}'.` };
}
