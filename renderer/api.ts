// The renderer's way to the main process: the only file that sees window.api.
import { useCallback, useEffect, useEffectEvent, useRef, useState } from "react";
import type { Answer, Api, EventName, Events, RequestInput } from "../shared/ipc.ts";
import type { RequestName, RequestOutput } from "../shared/ipc.ts";
import { afterAnswer, afterAsking } from "./request-status.ts";
import type { RequestStatus } from "./request-status.ts";

// The preload script of either host puts it there before this page runs; nobody else is told its type.
const { api } = window as unknown as { readonly api: Api };

/** Asks the main process. Never rejects: a refusal is an answer with a problem in it. `requestId` names it for `cancel`. */
export function ask<N extends RequestName>(
  name: N,
  input: RequestInput<N>,
  requestId?: string,
): Promise<Answer<RequestOutput<N>>> {
  return api.invoke(name, input, requestId);
}

/** Aborts the work on a question in the main process; its answer then says so. */
export function cancel(requestId: string): void {
  api.cancel(requestId);
}

export interface Request<N extends RequestName> {
  readonly status: RequestStatus<RequestOutput<N>>;
  /** True from asking to the answer: the button that asks is closed meanwhile. */
  readonly isBusy: boolean;
  /** Asks. While an answer is awaited a second call sends nothing and answers undefined. */
  readonly send: (input: RequestInput<N>) => Promise<Answer<RequestOutput<N>> | undefined>;
  /** Aborts the work in the main process; its answer then says so. */
  readonly cancel: () => void;
  /** Forgets what was answered. */
  readonly reset: () => void;
}

/** One question of a screen with its status. A question still open when the screen goes is cancelled. */
export function useRequest<N extends RequestName>(name: N): Request<N> {
  const [status, setStatus] = useState<RequestStatus<RequestOutput<N>>>({ kind: "notStarted" });
  const inFlight = useRef<string>(undefined);

  const send = useCallback(
    async (input: RequestInput<N>) => {
      if (inFlight.current !== undefined) return undefined;
      const requestId = crypto.randomUUID();
      inFlight.current = requestId;
      setStatus(afterAsking);
      const answer = await api.invoke(name, input, requestId);
      inFlight.current = undefined;
      setStatus((before) => afterAnswer(before, answer));
      return answer;
    },
    [name],
  );
  const cancel = useCallback(() => {
    if (inFlight.current !== undefined) api.cancel(inFlight.current);
  }, []);
  const reset = useCallback(() => {
    setStatus({ kind: "notStarted" });
  }, []);
  useEffect(() => cancel, [cancel]);

  return { status, isBusy: status.kind === "loading", send, cancel, reset };
}

export interface Requests<N extends RequestName> {
  /** By key; undefined where it was never asked. */
  readonly statuses: Readonly<Record<string, RequestStatus<RequestOutput<N>> | undefined>>;
  /** Asks under that key, beside the others. As `Request.send` for a key whose answer is awaited. */
  readonly send: (
    key: string,
    input: RequestInput<N>,
  ) => Promise<Answer<RequestOutput<N>> | undefined>;
}

/** Many questions of a screen that are alike, each with its own status: none waits for another one. */
export function useRequests<N extends RequestName>(name: N): Requests<N> {
  const [statuses, setStatuses] = useState<Requests<N>["statuses"]>({});
  const inFlight = useRef(new Map<string, string>());

  const send = useCallback(
    async (key: string, input: RequestInput<N>) => {
      if (inFlight.current.has(key)) return undefined;
      const requestId = crypto.randomUUID();
      inFlight.current.set(key, requestId);
      type Status = RequestStatus<RequestOutput<N>>;
      const become = (next: (before: Status) => Status) => {
        setStatuses((all) => ({ ...all, [key]: next(all[key] ?? { kind: "notStarted" }) }));
      };
      become(afterAsking);
      const answer = await api.invoke(name, input, requestId);
      inFlight.current.delete(key);
      become((before) => afterAnswer(before, answer));
      return answer;
    },
    [name],
  );
  useEffect(() => {
    const open = inFlight.current;
    return () => {
      for (const requestId of open.values()) api.cancel(requestId);
    };
  }, []);
  return { statuses, send };
}

/** Calls `listener` for every event of that name while the component is shown. */
export function useApiEvent<N extends EventName>(
  name: N,
  listener: (payload: Events[N]) => void,
): void {
  const latest = useEffectEvent(listener);
  useEffect(
    () =>
      api.on(name, (payload) => {
        latest(payload);
      }),
    [name],
  );
}
