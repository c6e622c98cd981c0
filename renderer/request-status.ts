// The status of one question to the main process, by name: what a screen shows and whether its button is open.
import type { Problem } from "../shared/errors/app-error.ts";
import type { Answer } from "../shared/ipc.ts";

/** `old` is what was known before: it stays on screen while it is read again, and when that failed. */
export type RequestStatus<T> =
  | { readonly kind: "notStarted" }
  | { readonly kind: "loading"; readonly old?: T }
  | { readonly kind: "loaded"; readonly value: T }
  | { readonly kind: "error"; readonly error: Problem; readonly old?: T };

/** The status once the question has been sent. */
export function afterAsking<T>(status: RequestStatus<T>): RequestStatus<T> {
  const old = knownValue(status);
  return old === undefined ? { kind: "loading" } : { kind: "loading", old };
}

/** The status once the answer is in. */
export function afterAnswer<T>(status: RequestStatus<T>, answer: Answer<T>): RequestStatus<T> {
  if (answer.ok) return { kind: "loaded", value: answer.value };
  const old = knownValue(status);
  return old === undefined
    ? { kind: "error", error: answer.error }
    : { kind: "error", error: answer.error, old };
}

/** The newest value there is, however old; undefined before the first. */
export function knownValue<T>(status: RequestStatus<T>): T | undefined {
  switch (status.kind) {
    case "notStarted":
      return undefined;
    case "loaded":
      return status.value;
    case "loading":
    case "error":
      return status.old;
  }
}
