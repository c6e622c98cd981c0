// The connections of this window, asked for once and told whenever they change.
import { useEffect, useState } from "react";
import type { ConnectionFacts } from "../../shared/ipc.ts";
import { ask, useApiEvent } from "../api.ts";

export function useConnections(): readonly ConnectionFacts[] {
  const [connections, setConnections] = useState<readonly ConnectionFacts[]>([]);
  useApiEvent("connection.changed", setConnections);
  useEffect(() => {
    void ask("connection.list", {}).then((answer) => {
      if (answer.ok) setConnections(answer.value);
    });
  }, []);
  return connections;
}
