// Handlers for a test: those it names, and a loud failure for every other.
import type { RequestName } from "../../shared/ipc.ts";
import { requests } from "../../shared/ipc.ts";
import type { Handlers } from "../../electron/ipc/serve.ts";

export function fakeHandlers(given: Partial<Handlers>): Handlers {
  // The keys of an object with literal keys are those.
  const names = Object.keys(requests) as RequestName[];
  const refusing = names.map((name) => [
    name,
    () => {
      throw new Error(`No test expects ${name}.`);
    },
  ]);
  return { ...(Object.fromEntries(refusing) as Handlers), ...given };
}
