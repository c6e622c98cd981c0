// One side of a remembered pair that is being connected: its password, its tick, and how its login stands.
import { useState } from "react";
import type { Problem } from "../../shared/errors/app-error.ts";
import type { Side } from "../../shared/estate/estate.ts";
import type { SavedPairFacts } from "../../shared/connect/contract.ts";
import { hasPassword } from "../../shared/connect/saved-pair.ts";
import type { Account } from "../../shared/azure/contract.ts";
import type { ConnectionFacts } from "../../shared/ipc.ts";
import { useRequest } from "../api.ts";
import { text } from "../text.ts";
import type { TypedLogin } from "./use-typed-login.ts";
import { useTypedLogin } from "./use-typed-login.ts";

export type SideStage =
  | { readonly kind: "idle"; readonly missing?: string; readonly problem?: Problem }
  | { readonly kind: "opening" }
  | { readonly kind: "connected" };

export interface PairSide {
  readonly side: Side;
  readonly stage: SideStage;
  readonly password: string;
  readonly setPassword: (password: string) => void;
  readonly isRemembered: boolean;
  readonly setRemembered: (isRemembered: boolean) => void;
  /** False where something has to be filled in first; says what. */
  readonly isFilled: () => boolean;
  readonly login: TypedLogin;
  /** True once it is connected. */
  readonly connect: () => Promise<boolean>;
}

export interface PairSideOptions {
  readonly pair: SavedPairFacts;
  readonly connections: readonly ConnectionFacts[];
  readonly account: Account | null;
}

export function usePairSide(side: Side, options: PairSideOptions): PairSide {
  const { pair, connections, account } = options;
  const saved = pair[side];
  const [password, setPassword] = useState("");
  const [isRemembered, setRemembered] = useState(pair.isPasswordKept[side]);
  const [told, tell] = useState<SideStage>({ kind: "idle" });
  const { send } = useRequest("connection.open");
  const typed = useTypedLogin(account);
  const isConnected = connections.some(
    (one) =>
      one.side === side &&
      one.serverName === saved.serverName &&
      one.environment === pair.environment,
  );
  const stage: SideStage = isConnected ? { kind: "connected" } : told;
  const login: TypedLogin = {
    side,
    server: saved.server,
    usePublicEndpoint: saved.usePublicEndpoint,
    encrypt: saved.encrypt,
    authentication: saved.authentication,
    trustedFingerprint: saved.trustedFingerprint,
    environment: pair.environment,
    password,
    ...(password === "" ? {} : { rememberPassword: isRemembered }),
  };
  return {
    ...{ side, stage, password, isRemembered, setRemembered, login },
    setPassword(next) {
      setPassword(next);
      tell({ kind: "idle" });
    },
    isFilled() {
      const missing = isConnected
        ? undefined
        : missingIn(login, pair.isPasswordKept[side], account);
      if (missing !== undefined) tell({ kind: "idle", missing });
      return missing === undefined;
    },
    async connect() {
      if (isConnected) return true;
      tell({ kind: "opening" });
      const input = await typed(login);
      const answer = input?.ok === true ? await send(input.value) : input;
      if (answer === undefined) return false;
      tell(answer.ok ? { kind: "connected" } : { kind: "idle", problem: answer.error });
      return answer.ok;
    },
  };
}

function missingIn(
  { authentication, password }: TypedLogin,
  isKept: boolean,
  account: Account | null,
): string | undefined {
  const words = text.connect.missing;
  if (authentication.kind === "entra") return account === null ? words.account : undefined;
  return hasPassword(authentication) && password === "" && !isKept ? words.password : undefined;
}
