// Where a sign-in goes, and as which application: what is set, and what this start was given.
import type { AzureRegistration } from "../../shared/azure-registration.ts";
import type { Cloud } from "./clouds.ts";
import { clouds } from "./clouds.ts";

export interface Registration {
  readonly cloud: Cloud;
  /** Of the application registration; undefined while none is set. */
  readonly clientId: string | undefined;
}

/** `given`: the client id of --client-id, which stands over the setting. */
export function registrationOf(
  { cloud, clientId }: AzureRegistration,
  given: string | undefined,
): Registration {
  return { cloud: clouds[cloud], clientId: given ?? clientId ?? undefined };
}
