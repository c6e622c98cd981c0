// Check: the two ends of the link are connected.
import type { Replica } from "../estate/estate.ts";
import { visibleText } from "../visible-text.ts";
import type { Check } from "./check.ts";
import { askEnd, failed, passed, unknown } from "./check.ts";

/** The primary knows its remote replica; a secondary tells of its own row alone. */
export const connection: Check = (input) =>
  (["box", "instance"] as const).flatMap((side) =>
    askEnd(input, side, { name: "connection", blocks: true }, ({ place }, { own, remote }) => {
      const replica = remote?.connectedState == null ? own : remote;
      switch (replica?.connectedState) {
        case "CONNECTED":
          return [passed(place, `${place.server} is connected to its partner.`)];
        case "DISCONNECTED":
          return [
            failed(
              place,
              `${place.server} is not connected to its partner.${lastError(replica)}`,
              "Check the network between both servers, port 5022 and 11000 to 11999, and the endpoint certificates.",
            ),
          ];
        default:
          return [
            unknown(place, true, {
              summary: `${place.server} does not say whether it is connected to its partner.`,
              remedy: "Read it again on the primary node of the availability group.",
            }),
          ];
      }
    }),
  );

function lastError({ lastConnectErrorNumber, lastConnectErrorDescription }: Replica): string {
  if (lastConnectErrorNumber === null) return "";
  const text = visibleText(lastConnectErrorDescription ?? "");
  return ` Its last error was ${lastConnectErrorNumber}: ${text}`;
}
