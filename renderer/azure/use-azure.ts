// The Azure account of this window: who is signed in, sign-in and its cancel, the chosen tenant and subscription.
import { useCallback, useEffect, useReducer, useState } from "react";
import type { Account, ConnectionFacts } from "../../shared/ipc.ts";
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
  /** What is looked for in the subscription: the instance that is connected. */
  readonly instanceAddress: string | undefined;
  readonly signIn: (method: "browser" | "deviceCode", tenant: string | null) => void;
  readonly cancelSignIn: () => void;
  readonly signOut: () => void;
  readonly choose: (chosen: ChosenSubscription) => void;
  /** Reads the account again: what Azure answered may have renewed or ended its tokens. */
  readonly readAccount: () => void;
}

/** Held once, by the app, so that the panel can be closed and opened without losing a sign-in under way. */
export function useAzure(connections: readonly ConnectionFacts[]): Azure {
  const [account, setAccount] = useState<Account | null>(null);
  const [chosen, choose] = useState<ChosenSubscription | null>(null);
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
    await readAccount();
  };
  return {
    account,
    stage,
    chosen,
    instanceAddress: connections.find(({ side }) => side === "instance")?.serverName,
    signIn: (method, tenant) => void signIn(method, tenant),
    cancelSignIn: () => void ask("azure.cancelSignIn", {}),
    signOut: () => void signOut(),
    choose,
    readAccount: useCallback(() => void readAccount(), [readAccount]),
  };
}
