// What an operator sets for signing in to Azure: the cloud, and the client id of the app registration.

export const cloudNames = ["public", "usGovernment", "china"] as const;
export type CloudName = (typeof cloudNames)[number];

export interface AzureRegistration {
  readonly cloud: CloudName;
  /** Null while none is set: then nobody can sign in. */
  readonly clientId: string | null;
}

/** An application (client) id is a GUID. */
export const clientIdPattern = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;
