// The settings that the shell itself lives by: how large the page is drawn, and whether the system tells of a run.
import { useEffect, useState } from "react";
import type { RequestInput, Settings } from "../../shared/ipc.ts";
import { plainZoom } from "../../shared/zoom.ts";
import { ask } from "../api.ts";

type Kept = Pick<Settings, "zoomPercent" | "notify">;

export interface KeptSettings extends Kept {
  /** Holds at once, and at the next start where it could be written. */
  readonly change: (change: Pick<RequestInput<"settings.write">, keyof Kept>) => void;
}

export function useSettings(): KeptSettings {
  const [kept, setKept] = useState<Kept>({ zoomPercent: plainZoom, notify: true });
  const { zoomPercent, notify } = kept;
  useEffect(() => {
    void ask("settings.read", {}).then((answer) => {
      if (answer.ok) setKept(answer.value);
    });
  }, []);
  useEffect(() => {
    document.documentElement.style.zoom = String(zoomPercent / 100);
  }, [zoomPercent]);
  return {
    zoomPercent,
    notify,
    change(change) {
      setKept((before) => ({ ...before, ...change }));
      void ask("settings.write", change);
    },
  };
}
