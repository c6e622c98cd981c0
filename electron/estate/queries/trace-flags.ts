// Whether the trace flags that the documents of the link name are on for the whole server. Everybody may ask.
import { z } from "zod";
import type { Query } from "./query.ts";

export const traceFlagsQuery: Query<{ readonly flag: number; readonly isOn: boolean }> = {
  name: "trace flags",
  // Asked for by number, each has a row whether it is on or not.
  text: "DBCC TRACESTATUS (1800, 9567, 12381, -1) WITH NO_INFOMSGS;",
  row: z
    .object({ TraceFlag: z.number(), Global: z.number() })
    .transform(({ TraceFlag, Global }) => ({ flag: TraceFlag, isOn: Global === 1 })),
};
