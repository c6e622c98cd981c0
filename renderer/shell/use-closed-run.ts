// The run whose end the operator has closed: kept beside the page, so that one loaded anew does not show it again.
import { useState } from "react";

const key = "closedRun";

/** The run's id, undefined where none was closed; and what closes one. */
export function useClosedRun(): readonly [string | undefined, (runId: string | undefined) => void] {
  const [runId, setRunId] = useState(() => sessionStorage.getItem(key) ?? undefined);
  const close = (closed: string | undefined) => {
    setRunId(closed);
    if (closed !== undefined) sessionStorage.setItem(key, closed);
  };
  return [runId, close];
}
