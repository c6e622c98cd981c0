// How any part of the page says what it is, for F1, and asks for an explanation.
import { createContext, useContext, useEffect } from "react";
import type { Topic } from "../../shared/help/topics.ts";

export interface HelpDesk {
  /** Opens the help at that topic, also at one that is not in its list. */
  readonly explain: (topic: string | Topic) => void;
  /** What F1 explains while this is shown; undefined gives it back. */
  readonly stand: (topic: string | undefined) => void;
}

export const HelpContext = createContext<HelpDesk>({
  explain: () => undefined,
  stand: () => undefined,
});

export function useExplain(): HelpDesk["explain"] {
  return useContext(HelpContext).explain;
}

/** F1 explains that topic for as long as the component is shown. */
export function useHelpTopic(topic: string): void {
  const { stand } = useContext(HelpContext);
  useEffect(() => {
    stand(topic);
    return () => {
      stand(undefined);
    };
  }, [stand, topic]);
}
