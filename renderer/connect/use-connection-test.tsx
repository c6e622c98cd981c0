// The button Test of a login, and what it found below the fields.
import { Button, Spinner } from "@fluentui/react-components";
import type { ReactNode } from "react";
import { useState } from "react";
import type { Problem } from "../../shared/errors/app-error.ts";
import type { Account } from "../../shared/azure/contract.ts";
import { useRequest } from "../api.ts";
import { ProblemView } from "../ui/problem-view.tsx";
import { LayerView } from "./layer-view.tsx";
import { testWords as words } from "../text/connection-test.ts";
import type { TypedLogin } from "./use-typed-login.ts";
import { useTypedLogin } from "./use-typed-login.ts";

export interface ConnectionTest {
  readonly button: ReactNode;
  readonly view: ReactNode;
}

/** `loginToTest` undefined: something has to be filled in first, and it says what. */
export function useConnectionTest(
  account: Account | null,
  loginToTest: () => TypedLogin | undefined,
): ConnectionTest {
  const { status, isBusy, send } = useRequest("connection.test");
  const typed = useTypedLogin(account);
  const [refused, refuse] = useState<Problem>();
  const test = async () => {
    const login = loginToTest();
    if (login === undefined || isBusy) return;
    const input = await typed(login);
    refuse(input?.ok === false ? input.error : undefined);
    if (input?.ok === true) await send(input.value);
  };
  const problem = status.kind === "error" ? status.error : refused;
  return {
    button: (
      <Button size="small" disabledFocusable={isBusy} onClick={() => void test()}>
        {words.test}
      </Button>
    ),
    view: (
      <div role="status">
        {isBusy ? <Spinner size="extra-tiny" label={words.testing} /> : null}
        {status.kind === "loaded" ? (
          <LayerView results={status.value} names={words.layers} />
        ) : null}
        {problem === undefined ? null : <ProblemView problem={problem} />}
      </div>
    ),
  };
}
