// The statement by which an old primary gives up its role after a forced failover elsewhere.
import { quoteName } from "./quote.ts";

/** ALTER AVAILABILITY GROUP (Transact-SQL): run on the side that is to become secondary; what only it holds is discarded. */
export function demoteStatement(linkName: string): string {
  return `ALTER AVAILABILITY GROUP ${quoteName(linkName)} SET (ROLE = SECONDARY);`;
}
