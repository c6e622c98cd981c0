// Where dialogs are mounted: over the work area, so that the environment band and the status bar are never covered.
import { createContext, useContext } from "react";

/** The work area's element; null before the first paint. */
export const WorkArea = createContext<HTMLElement | null>(null);

/** For DialogSurface's mountNode. */
export function useWorkArea(): HTMLElement | undefined {
  return useContext(WorkArea) ?? undefined;
}

/** Id of the environment band: a modal dialog names it in aria-describedby, since it hides the rest from screen readers. */
export const environmentBandId = "environment-band";
