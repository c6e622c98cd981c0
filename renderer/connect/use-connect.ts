// Carries one connection through: probe, certificate, secret, login. Closing the window aborts what is under way.
import { useReducer } from "react";
import type { Side } from "../../shared/estate/estate.ts";
import type { Account } from "../../shared/azure/contract.ts";
import { useRequest } from "../api.ts";
import {
  addressOf,
  connectAfter,
  initialConnect,
  isWorking,
  loginOf,
  missingFields,
  trustedFingerprint,
} from "./connect-state.ts";
import type { ConnectEvent, ConnectState, Prefill } from "./connect-state.ts";
import { useTypedLogin } from "./use-typed-login.ts";

export interface Connecting {
  readonly state: ConnectState;
  readonly tell: (event: ConnectEvent) => void;
  /** The Connect button: from the form a probe, from a ticked certificate the login. */
  readonly connect: () => void;
}

export interface ConnectOptions {
  readonly side: Side;
  readonly isPractice: boolean;
  readonly account: Account | null;
  /** Of a remembered server, to be changed. */
  readonly prefill?: Prefill | undefined;
}

export function useConnect(options: ConnectOptions, onConnected: () => void): Connecting {
  const [state, tell] = useReducer(connectAfter, options, ({ side, isPractice, prefill }) =>
    initialConnect(side, isPractice, prefill),
  );
  const { send: sendProbe } = useRequest("connection.probe");
  const { send: sendOpen } = useRequest("connection.open");
  const typed = useTypedLogin(options.account);

  const open = async (fingerprint: string | null) => {
    tell({ kind: "opening" });
    const login = await typed(loginOf(state.fields, fingerprint));
    const answer = login?.ok === true ? await sendOpen(login.value) : login;
    if (answer?.ok === true) onConnected();
    else if (answer !== undefined) tell({ kind: "failed", problem: answer.error });
  };
  const probe = async () => {
    tell({ kind: "probing" });
    const answer = await sendProbe(addressOf(state.fields));
    if (answer === undefined) return;
    if (!answer.ok) {
      tell({ kind: "failed", problem: answer.error });
      return;
    }
    const { certificate } = answer.value;
    if (certificate === null || certificate.isTrusted) await open(null);
    else tell({ kind: "untrusted", certificate });
  };
  const connect = () => {
    tell({ kind: "tried" });
    if (isWorking(state) || missingFields(state.fields, options.account).length > 0) return;
    if (state.stage.kind !== "certificate") void probe();
    else if (state.stage.isTicked) void open(trustedFingerprint(state));
  };
  return { state, tell, connect };
}
