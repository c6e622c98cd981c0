// The Azure account of this window: who is signed in, sign-in and its cancel, the chosen tenant and subscription.
import { useCallback, useEffect, useReducer, useState } from "react";
import type { Account } from "../../shared/ipc.ts";
import { ask, useApiEvent, useRequest } from "../api.ts";
import { signInAfter } from "./azure-state.ts";
import type { SignInStage } from "./azure-state.ts";

/** Tokens are renewed by the main process; their life is asked for again this often. */
const statusEveryMs = 60_000;

export interface ChosenSubscription {
  readonly tenantId: string;
  readonly subscriptionId: string | null;
}

export interface Azure {
  readonly account: Account | null;
  readonly stage: SignInStage;
  readonly chosen: ChosenSubscription | null;
  readonly signIn: (method: "browser" | "deviceCode", tenant: string | null) => void;
  readonly cancelSignIn: () => void;
  readonly signOut: () => void;
  readonly choose: (chosen: ChosenSubscription) => void;
}

/** Held once, by the app, so that the panel can be closed and opened without losing a sign-in under way. */
export function useAzure(): Azure {
  const [account, setAccount] = useState<Account | null>(null);
  const [chosen, choose] = useState<ChosenSubscription | null>(null);
  const [stage, tell] = useReducer(signInAfter, { kind: "idle" });
  const { send } = useRequest("azure.signIn");

  const readStatus = useCallback(async () => {
    const answer = await ask("azure.status", {});
    if (answer.ok) setAccount(answer.value.account);
  }, []);
  useEffect(() => {
    const soon = setTimeout(() => void readStatus(), 0);
    const timer = setInterval(() => void readStatus(), statusEveryMs);
    return () => {
      clearTimeout(soon);
      clearInterval(timer);
    };
  }, [readStatus]);
  useApiEvent("azure.deviceCode", (code) => {
    tell({ kind: "codeGiven", code });
  });

  const signIn = async (method: "browser" | "deviceCode", tenant: string | null) => {
    tell({ kind: "started", method });
    const answer = await send({ method, tenant });
    if (answer === undefined) return;
    tell(answer.ok ? { kind: "ended" } : { kind: "ended", problem: answer.error });
    if (!answer.ok) return;
    setAccount(answer.value);
    choose({ tenantId: answer.value.tenantId, subscriptionId: null });
  };
  const signOut = async () => {
    const answer = await ask("azure.signOut", {});
    if (answer.ok) choose(null);
    await readStatus();
  };
  return {
    account,
    stage,
    chosen,
    signIn: (method, tenant) => void signIn(method, tenant),
    cancelSignIn: () => void ask("azure.cancelSignIn", {}),
    signOut: () => void signOut(),
    choose,
  };
}
