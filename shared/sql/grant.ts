// The statement to ask an administrator for when a right is missing. Shown as text, never sent.
import { quoteName } from "./quote.ts";

/** `GRANT <permission> TO [login];`. `permission` is the name of a server permission. */
export function grantStatement(permission: string, login: string): string {
  return `GRANT ${permission} TO ${quoteName(login)};`;
}

/** Lets a login that has a user of the same name in msdb read one of its tables. */
export function msdbGrant(table: string, login: string): string {
  return `GRANT SELECT ON OBJECT::dbo.${table} TO ${quoteName(login)};`;
}
