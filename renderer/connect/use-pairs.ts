// The remembered pairs, read when shown and whenever a connection comes or goes.
import { useCallback, useEffect } from "react";
import type { PairChange } from "../../shared/connect/saved-pair.ts";
import type { Problem } from "../../shared/errors/app-error.ts";
import type { SavedPairs } from "../../shared/connect/contract.ts";
import { useApiEvent, useRequest } from "../api.ts";
import { knownValue } from "../request-status.ts";

export interface Pairs {
  /** Undefined before the answer. */
  readonly saved: SavedPairs | undefined;
  readonly problem: Problem | undefined;
  readonly change: (pairId: string, change: PairChange) => void;
  readonly read: () => void;
}

export function usePairs(): Pairs {
  const { status, send } = useRequest("pairs.list");
  const changing = useRequest("pairs.change");
  const read = useCallback(() => void send({}), [send]);
  useEffect(read, [read]);
  useApiEvent("connection.changed", read);
  const saved = knownValue(status);
  const refused = [status, changing.status].find(({ kind }) => kind === "error");
  return {
    saved,
    problem: refused?.kind === "error" ? refused.error : saved?.problem,
    change: (pairId, change) => {
      void changing.send({ pairId, change }).then(read);
    },
    read,
  };
}
