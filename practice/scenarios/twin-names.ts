// Two links of the same names: the managed instance connected to is not the one that SQL Server replicates with.
import { healthy } from "./healthy.ts";
import type { Scenario } from "./scenario.ts";

/**
 * Only the addresses each side stores for its partner tell: SQL Server's names sqlmi9, the instance's another SQL Server.
 * The instance here stands in for sqlmi9 in everything else, so whoever pairs the two finds a link that looks healthy.
 */
export const twinNames: Scenario = {
  ...healthy,
  name: "twin-names",
  summary:
    "The managed instance has a link of the same names, but SQL Server's partner is another.",
  box: {
    ...healthy.box,
    partnerEndpointUrl: "tcp://sqlmi9.a0b1c2d3e4f5.database.windows.net:5022;Server=[sqlmi9]",
  },
  instance: { ...healthy.instance, partnerEndpointUrl: "TCP://10.0.9.14:5022" },
};
