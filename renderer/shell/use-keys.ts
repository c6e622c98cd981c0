// The keys that work anywhere in the window.
import { useEffect, useEffectEvent } from "react";
import { commandOfKey } from "./commands.ts";
import type { Commands } from "./commands.ts";

export function useKeys(commands: Commands): void {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    // What a pane or a window has used already is not used twice.
    const command = event.defaultPrevented ? undefined : commandOfKey(event, commands);
    if (command === undefined) return;
    event.preventDefault();
    command();
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => {
      onKey(event);
    };
    document.addEventListener("keydown", listener);
    return () => {
      document.removeEventListener("keydown", listener);
    };
  }, []);
}
