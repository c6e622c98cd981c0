// Makes a login of what was typed: the password goes in once and comes back as an id.
import type { SavedAuthentication } from "../../shared/connect/saved-pair.ts";
import type { Account } from "../../shared/azure/contract.ts";
import type { Answer, RequestInput } from "../../shared/ipc.ts";
import { useRequest } from "../api.ts";

type OpenInput = RequestInput<"connection.open">;

export interface TypedLogin extends Omit<OpenInput, "authentication"> {
  readonly authentication: SavedAuthentication;
  /** Empty: the one that is remembered. */
  readonly password: string;
}

/** Undefined where nobody is signed in to Azure, or where another answer is awaited. */
export type Typed = (login: TypedLogin) => Promise<Answer<OpenInput> | undefined>;

export function useTypedLogin(account: Account | null): Typed {
  const { send: keep } = useRequest("secret.keep");
  return async ({ authentication, password, ...rest }) => {
    if (authentication.kind === "entra") {
      if (account === null) return undefined;
      const { accountId } = account;
      return { ok: true, value: { ...rest, authentication: { kind: "entra", accountId } } };
    }
    if (authentication.kind === "windowsSession") {
      return { ok: true, value: { ...rest, authentication } };
    }
    const of = (secretId: string | null): Answer<OpenInput> => ({
      ok: true,
      value: { ...rest, authentication: { ...authentication, secretId } },
    });
    if (password === "") return of(null);
    const kept = await keep({ secret: password });
    return kept?.ok === true ? of(kept.value.secretId) : kept;
  };
}
