// When a step of a run began and how long it has worked, by this tool's clock.
import type { StepState } from "../../shared/run/step-state.ts";

/** ISO 8601 UTC; null before its begin. */
export function beganAt({ phase }: StepState): string | null {
  switch (phase.kind) {
    case "notBegun":
      return null;
    case "begun":
      return phase.at;
    case "ended":
    case "lookedAt":
      return phase.beganAt;
  }
}

/** Ms it has worked so far or worked in all; null before its begin. `now` is ms since 1970. */
export function workedMs(state: StepState, now: number): number | null {
  const began = beganAt(state);
  if (began === null) return null;
  return state.phase.kind === "begun" ? Math.max(0, now - Date.parse(began)) : state.elapsedMs;
}

/** `0:14`, `12:03`, `1:02:03`. */
export function clockText(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const two = (value: number): string => String(value).padStart(2, "0");
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  return hours > 0
    ? `${String(hours)}:${two(minutes)}:${two(seconds % 60)}`
    : `${String(minutes)}:${two(seconds % 60)}`;
}

/** `0.8 s`, `14 s`, `6 min 5 s`: for a row, whole seconds from ten on. */
export function durationText(ms: number): string {
  const seconds = Math.max(0, ms) / 1000;
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  return whole < 60
    ? `${String(whole)} s`
    : `${String(Math.floor(whole / 60))} min ${String(whole % 60)} s`;
}
