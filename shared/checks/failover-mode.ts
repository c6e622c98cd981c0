// Check: the link's failoverMode in Azure; this version does not read it.
import type { Check } from "./check.ts";
import { placeOf, unknown } from "./check.ts";

export const failoverMode: Check = ({ estate }) => {
  const place = placeOf("failoverMode", estate.instance);
  return [
    unknown(place, false, {
      summary: `The failover mode of the link in Azure was not read: that needs an Azure sign-in, which this version does not have. It does not block: ${place.server} or its partner refuses by itself.`,
      remedy: "Look at failoverMode of the link in the Azure portal: Manual keeps a way back.",
    }),
  ];
};
