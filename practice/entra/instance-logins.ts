// Whom the managed instance lets in by token: users of its own tenant, under their UPN.
import { adatum, audiences, users } from "./directory.ts";
import type { Entra } from "./start-entra.ts";

/** Logins FROM EXTERNAL PROVIDER, and who a token says its bearer is. */
export interface TokenLogins {
  readonly names: readonly string[];
  /** The login of a token for this instance; undefined for any other token. */
  readonly loginOf: (token: string) => string | undefined;
}

export function instanceLogins(entra: Entra): TokenLogins {
  const members = users.filter(({ home }) => home.tenantId === adatum.tenantId);
  return {
    names: members.map(({ home }) => home.upn),
    loginOf: (token) => {
      const checked = entra.checkToken(token, audiences.sql);
      if (checked.kind !== "valid" || checked.claims.tid !== adatum.tenantId) return undefined;
      return checked.claims.upn;
    },
  };
}
