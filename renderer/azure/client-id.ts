// Reads a client id as it was typed or pasted. Pure.
import { clientIdPattern } from "../../shared/azure-registration.ts";

/** Null for nothing typed, undefined for what is no client id. */
export function clientIdTyped(typed: string): string | null | undefined {
  const clientId = typed.trim().toLowerCase();
  if (clientId === "") return null;
  return clientIdPattern.test(clientId) ? clientId : undefined;
}
