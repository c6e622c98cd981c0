// The remembered pairs on the start document.
import { PairList } from "./pair-list.tsx";
import type { PairListProps } from "./pair-list.tsx";
import { usePairs } from "./use-pairs.ts";

export function StartPairs({ onOpen }: Pick<PairListProps, "onOpen">) {
  return <PairList pairs={usePairs()} onOpen={onOpen} />;
}
