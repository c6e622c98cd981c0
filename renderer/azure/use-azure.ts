// The Azure account of this window: who is signed in, sign-in and its cancel.
import { useCallback, useEffect, useReducer, useState } from "react";
import type { Account } from "../../shared/azure/contract.ts";
import { ask, useApiEvent, useRequest } from "../api.ts";
import { signInAfter } from "./azure-state.ts";
import type { SignInMethod, SignInStage } from "./azure-state.ts";

/** Tokens are renewed by the main process; their life is asked for again this often. */
const statusEveryMs = 60_000;

export interface Azure {
  readonly account: Account | null;
  readonly stage: SignInStage;
  /** What is looked for in the subscriptions: the instance that is worked on. */
  readonly instanceAddress: string | undefined;
  readonly signIn: (method: SignInMethod, tenant: string | null) => void;
  readonly cancelSignIn: () => void;
  readonly signOut: () => void;
  /** Reads the account again: what Azure answered may have renewed or ended its tokens. */
  readonly readAccount: () => void;
}

/** Held once, by the app, so that the panel can be closed and opened without losing a sign-in under way. */
export function useAzure(): Omit<Azure, "instanceAddress"> {
  const [account, setAccount] = useState<Account | null>(null);
  const [stage, tell] = useReducer(signInAfter, { kind: "idle" });
  const { send } = useRequest("azure.signIn");

  const readAccount = useCallback(async () => {
    const answer = await ask("azure.status", {});
    if (answer.ok) setAccount(answer.value.account);
  }, []);
  useEffect(() => {
    const soon = setTimeout(() => void readAccount(), 0);
    const timer = setInterval(() => void readAccount(), statusEveryMs);
    return () => {
      clearTimeout(soon);
      clearInterval(timer);
    };
  }, [readAccount]);
  useApiEvent("azure.deviceCode", (code) => {
    tell({ kind: "codeGiven", code });
  });

  const signIn = async (method: SignInMethod, tenant: string | null) => {
    tell({ kind: "started", method });
    const answer = await send({ method, tenant });
    if (answer === undefined) return;
    tell(answer.ok ? { kind: "ended" } : { kind: "ended", problem: answer.error });
    if (answer.ok) setAccount(answer.value);
  };
  const signOut = async () => {
    await ask("azure.signOut", {});
    await readAccount();
  };
  return {
    account,
    stage,
    signIn: (method, tenant) => void signIn(method, tenant),
    cancelSignIn: () => void ask("azure.cancelSignIn", {}),
    signOut: () => void signOut(),
    readAccount: useCallback(() => void readAccount(), [readAccount]),
  };
}
