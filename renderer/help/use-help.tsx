// The help over everything else: which topic is asked about, and what F1 stands for now.
import { useMemo, useRef, useState } from "react";
import type { ReactNode } from "react";
import type { WindowName } from "../../shared/help/page-help.ts";
import type { Topic } from "../../shared/help/topics.ts";
import type { OpenWindow } from "../app-state.ts";
import type { HelpDesk } from "./help-context.ts";
import { focusAfterWindow } from "../shell/panes.ts";
import { HelpDialog } from "./help-dialog.tsx";

export interface Help {
  readonly desk: HelpDesk;
  /** Explains what is shown. */
  readonly open: () => void;
  readonly view: ReactNode;
}

/** `shown`: the window over the work area. Its own page, where it has some, says itself where it stands. */
export function useHelp(shown: OpenWindow["kind"]): Help {
  const [asked, setAsked] = useState<string | Topic>();
  const standing = useRef<string>(undefined);
  const before = useRef<Element>(null);
  const desk = useMemo((): HelpDesk => {
    const explain = (topic: string | Topic) => {
      before.current = document.activeElement;
      setAsked(topic);
    };
    const stand = (topic: string | undefined) => {
      standing.current = topic;
    };
    return { explain, stand };
  }, []);
  return {
    desk,
    open() {
      if (asked === undefined) desk.explain(standing.current ?? `window:${windowOf(shown)}`);
    },
    view:
      asked === undefined ? null : (
        <HelpDialog
          asked={asked}
          onClose={() => {
            setAsked(undefined);
            const from = before.current;
            requestAnimationFrame(() => {
              // An entry of a menu is gone by now.
              if (from instanceof HTMLElement && from.isConnected) from.focus();
              else focusAfterWindow();
            });
          }}
        />
      ),
  };
}

/** The wizard tells its page itself. */
function windowOf(shown: OpenWindow["kind"]): WindowName {
  if (shown === "connectPair") return "connect";
  return shown === "none" || shown === "wizard" ? "main" : shown;
}
