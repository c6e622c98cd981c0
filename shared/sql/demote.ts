// The statement by which an old primary gives up its role after a forced failover elsewhere.
import { quoteName, quoteString } from "./quote.ts";

/** ALTER AVAILABILITY GROUP (Transact-SQL): run on the side that is to become secondary; what only it holds is discarded. */
export function demoteStatement(linkName: string): string {
  return `ALTER AVAILABILITY GROUP ${quoteName(linkName)} SET (ROLE = SECONDARY);`;
}

/** What an operator asks on the other side before a script demotes this one: two sides must never both be made secondary. */
export function roleQuery(linkName: string): string {
  return `SELECT rs.role_desc FROM sys.availability_groups AS ag JOIN sys.dm_hadr_availability_replica_states AS rs ON rs.group_id = ag.group_id WHERE ag.is_distributed = 1 AND rs.is_local = 1 AND ag.name = ${quoteString(linkName)};`;
}
