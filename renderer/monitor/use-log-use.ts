// Asks each server of the shown link once a minute how full its logs are.
import { useEffect, useState } from "react";
import type { Pair } from "../../shared/estate/pair.ts";
import { ask } from "../api.ts";
import type { LogUseRead } from "../../shared/monitor/live.ts";
import type { SlowFacts } from "./slow-facts.ts";

const everyMs = 60_000;

export function useLogUse(pair: Pair, databases: readonly string[]): SlowFacts["logUse"] {
  return {
    box: useOneLogUse(pair.box, databases),
    instance: useOneLogUse(pair.instance, databases),
  };
}

/** The newest answer; one that fails leaves it as it is, with its age. */
function useOneLogUse(
  connectionId: string | null,
  databases: readonly string[],
): LogUseRead | undefined {
  const asked = JSON.stringify([connectionId ?? "", ...databases]);
  const [known, setKnown] = useState<{ readonly asked: string; readonly read: LogUseRead }>();
  useEffect(() => {
    // The very words of `asked`: a list that says the same is no other question.
    const [id = "", ...names] = JSON.parse(asked) as string[];
    if (id === "" || names.length === 0) return undefined;
    const read = () =>
      void ask("log.use", { connectionId: id, databases: names }).then((answer) => {
        if (answer.ok) setKnown({ asked, read: answer.value });
      });
    read();
    const timer = setInterval(read, everyMs);
    return () => {
      clearInterval(timer);
    };
  }, [asked]);
  return known?.asked === asked ? known.read : undefined;
}
