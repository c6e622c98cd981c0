// Check: each side calls its end of the link healthy.
import type { Check } from "./check.ts";
import { askEnd, failed, passed, unknown, warning } from "./check.ts";
import type { Finding } from "./finding.ts";

export const health: Check = (input) =>
  (["box", "instance"] as const).flatMap((side) =>
    askEnd(
      input,
      side,
      { name: "health", blocks: true },
      ({ place }, { own }): readonly Finding[] => {
        const { server } = place;
        switch (own?.synchronizationHealth) {
          case "HEALTHY":
            return [passed(place, `The link is HEALTHY on ${server}.`)];
          case "PARTIALLY_HEALTHY":
            return [
              warning(
                place,
                `The link is PARTIALLY_HEALTHY on ${server}.`,
                "Look at connection and suspension below; the gate still has to open.",
              ),
            ];
          case "NOT_HEALTHY":
            return [
              failed(
                place,
                `The link is NOT_HEALTHY on ${server}.`,
                "Look at connection and suspension below, and at the server's error log.",
              ),
            ];
          default:
            return [
              unknown(place, true, {
                summary: `${server} does not say whether the link is healthy.`,
                remedy: "Read it again on the primary node of the availability group.",
              }),
            ];
        }
      },
    ),
  );
