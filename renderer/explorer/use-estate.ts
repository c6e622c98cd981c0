// Reads the estate every five seconds, when a connection changes and whenever something of a run has ended.
import { useCallback, useEffect, useRef, useState } from "react";
import type { ConnectionFacts } from "../../shared/ipc.ts";
import { useApiEvent, useRequest } from "../api.ts";
import { feedAfter, noEstate } from "./estate-feed.ts";
import type { EstateFeed } from "./estate-feed.ts";

const everyMs = 5000;

export interface EstateReading {
  readonly feed: EstateFeed;
  readonly isBusy: boolean;
  /** Reads now, Azure too; while a reading is under way Azure is asked with the next one. */
  readonly refresh: () => void;
}

export function useEstate(
  connections: readonly ConnectionFacts[],
  run: "inFlight" | undefined,
): EstateReading {
  const { send, isBusy } = useRequest("estate.read");
  const [feed, setFeed] = useState(noEstate);
  // A list of its own for every change of a connection, also where the same server was connected again.
  const [readWith, setReadWith] = useState<readonly ConnectionFacts[]>([]);
  const isConnected = connections.length > 0;
  /** The operator wants Azure asked anew, by this reading or, while one is under way, by the next one. */
  const isAzureWanted = useRef(false);
  const read = useCallback(() => {
    const azure = isAzureWanted.current ? "soon" : "inTurn";
    void send({ azure }).then((answer) => {
      if (answer === undefined) return;
      if (azure === "soon") isAzureWanted.current = false;
      setFeed((known) => feedAfter(known, answer, run));
      setReadWith(connections);
    });
  }, [send, run, connections]);
  const refresh = useCallback(() => {
    isAzureWanted.current = true;
    read();
  }, [read]);

  useEffect(() => {
    if (!isConnected) return undefined;
    const soon = setTimeout(read, 0);
    const timer = setInterval(read, everyMs);
    return () => {
      clearTimeout(soon);
      clearInterval(timer);
    };
  }, [isConnected, read]);
  // A server that was connected while the other was read is read next, and not with the timer's turn.
  const isMissed = isConnected && !isBusy && readWith !== connections;
  useEffect(() => {
    if (!isMissed) return undefined;
    const soon = setTimeout(read, 0);
    return () => {
      clearTimeout(soon);
    };
  }, [isMissed, read]);
  useApiEvent("run.event", ({ kind }) => {
    if (kind === "stepEnded" || kind === "runEnded") read();
  });
  return { feed: isConnected ? feed : noEstate, isBusy, refresh };
}
