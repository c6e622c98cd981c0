// Carries one connection through: probe, certificate, secret, login. Closing the window aborts what is under way.
import { useReducer } from "react";
import type { Side } from "../../shared/estate/estate.ts";
import type { Account, Answer, ConnectionFacts, RequestInput } from "../../shared/ipc.ts";
import { useRequest } from "../api.ts";
import {
  addressOf,
  connectAfter,
  initialConnect,
  isWorking,
  missingFields,
  trustedFingerprint,
} from "./connect-state.ts";
import type { ConnectEvent, ConnectFields, ConnectState } from "./connect-state.ts";

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
}

export function useConnect(options: ConnectOptions, onConnected: () => void): Connecting {
  const [state, tell] = useReducer(connectAfter, options, ({ side, isPractice }) =>
    initialConnect(side, isPractice),
  );
  const { send: sendProbe } = useRequest("connection.probe");
  const logIn = useLogIn(options.account);

  const open = async (fingerprint: string | null) => {
    tell({ kind: "opening" });
    const answer = await logIn(state.fields, fingerprint);
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

type LogIn = (
  fields: ConnectFields,
  fingerprint: string | null,
) => Promise<Answer<ConnectionFacts> | undefined>;

/** The password goes in once and comes back as an id; the login carries the id. */
function useLogIn(account: Account | null): LogIn {
  const { send: keep } = useRequest("secret.keep");
  const { send: open } = useRequest("connection.open");
  return async (fields, fingerprint) => {
    const login = (authentication: RequestInput<"connection.open">["authentication"]) =>
      open({
        ...addressOf(fields),
        authentication,
        trustedFingerprint: fingerprint,
        environment: fields.environment,
      });
    if (fields.authentication === "entra") {
      return account === null ? undefined : login({ kind: "entra", accountId: account.accountId });
    }
    const kept = await keep({ secret: fields.password });
    if (kept?.ok !== true) return kept;
    const { secretId } = kept.value;
    return login({ kind: "sqlLogin", login: fields.login.trim(), secretId });
  };
}
