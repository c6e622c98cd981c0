// Who we are and what there is, asked once.
import { useEffect } from "react";
import type { AppFacts } from "../../shared/ipc.ts";
import { useRequest } from "../api.ts";
import { knownValue } from "../request-status.ts";

/** Undefined before the answer. */
export function useFacts(): AppFacts | undefined {
  const { status, send } = useRequest("app.facts");
  useEffect(() => {
    void send({});
  }, [send]);
  return knownValue(status);
}
