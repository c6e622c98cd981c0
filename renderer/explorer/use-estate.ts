// Reads the estate every five seconds, when a connection changes and whenever something of a run has ended.
import { useCallback, useEffect, useState } from "react";
import type { ConnectionFacts } from "../../shared/ipc.ts";
import { useApiEvent, useRequest } from "../api.ts";
import { feedAfter, noEstate } from "./estate-feed.ts";
import type { EstateFeed } from "./estate-feed.ts";

const everyMs = 5000;

export interface EstateReading {
  readonly feed: EstateFeed;
  readonly isBusy: boolean;
  /** Reads now; does nothing while a reading is under way. */
  readonly refresh: () => void;
}

export function useEstate(
  connections: readonly ConnectionFacts[],
  run: "inFlight" | undefined,
): EstateReading {
  const { send, isBusy } = useRequest("estate.read");
  const [feed, setFeed] = useState(noEstate);
  const [readWith, setReadWith] = useState("");
  const connected = connections.map((connection) => connection.connectionId).join(" ");
  const refresh = useCallback(() => {
    void send({}).then((answer) => {
      if (answer === undefined) return;
      setFeed((known) => feedAfter(known, answer, run));
      setReadWith(connected);
    });
  }, [send, run, connected]);

  useEffect(() => {
    if (connected === "") return undefined;
    const soon = setTimeout(refresh, 0);
    const timer = setInterval(refresh, everyMs);
    return () => {
      clearTimeout(soon);
      clearInterval(timer);
    };
  }, [connected, refresh]);
  // A server that was connected while the other was read is read next, and not with the timer's turn.
  const isMissed = connected !== "" && !isBusy && readWith !== connected;
  useEffect(() => {
    if (!isMissed) return undefined;
    const soon = setTimeout(refresh, 0);
    return () => {
      clearTimeout(soon);
    };
  }, [isMissed, refresh]);
  useApiEvent("run.event", ({ kind }) => {
    if (kind === "stepEnded" || kind === "runEnded") refresh();
  });
  return { feed: connected === "" ? noEstate : feed, isBusy, refresh };
}
