// Who is in the practice directory: two tenants, two users, one application, two audiences. Plain data.

/** The authority's host. `.invalid` resolves nowhere (RFC 2606): a client maps it to the provider's address. */
export const authorityHost = "login.practice.invalid";

/** The application that signs in: a public client with the redirect `http://localhost`. */
export const application = {
  clientId: "5c8f1d2e-9a43-4b67-8e10-d3f6a2b7c954",
  name: "MI Link Failover (practice)",
} as const;

/** Audiences of access tokens as Azure spells them; a client may ask with or without the last slash. */
export const audiences = {
  arm: "https://management.azure.com/",
  sql: "https://database.windows.net/",
} as const;

export type Audience = (typeof audiences)[keyof typeof audiences];

export interface Tenant {
  readonly tenantId: string;
  readonly name: string;
  readonly domain: string;
}

/** What a user is in one tenant; the object id and the name differ where the user is a guest. */
export interface Membership {
  readonly tenantId: string;
  readonly objectId: string;
  readonly upn: string;
}

export interface User {
  /** What the user types, and `preferred_username` in every tenant. */
  readonly upn: string;
  readonly name: string;
  readonly home: Membership;
  readonly guest: readonly Membership[];
}

/** The managed instance and most subscriptions belong to this tenant. */
export const adatum: Tenant = {
  tenantId: "3b7c1a90-52de-4f18-a6c4-0e91d8b2f573",
  name: "Adatum Corporation",
  domain: "adatum.example",
};

export const fabrikam: Tenant = {
  tenantId: "c41e6f28-8d03-49b5-9f7a-72a5e0c3d816",
  name: "Fabrikam",
  domain: "fabrikam.example",
};

export const tenants: readonly Tenant[] = [adatum, fabrikam];

/** Has every right in Adatum, and is a guest in Fabrikam. */
export const dana: User = {
  upn: "dana@adatum.example",
  name: "Dana Dahl",
  home: {
    tenantId: adatum.tenantId,
    objectId: "a81d5c37-6f92-4e0b-b3d8-14c7f9e2a605",
    upn: "dana@adatum.example",
  },
  guest: [
    {
      tenantId: fabrikam.tenantId,
      objectId: "e02b94d6-1c7f-4385-8a5e-d9630f71b2c8",
      upn: "dana_adatum.example#EXT#@fabrikam.example",
    },
  ],
};

/** Can sign in, and has no role in Azure. */
export const sam: User = {
  upn: "sam@adatum.example",
  name: "Sam Soto",
  home: {
    tenantId: adatum.tenantId,
    objectId: "7f36e1b8-d490-4c2a-9e57-8b05c6a3f41d",
    upn: "sam@adatum.example",
  },
  guest: [],
};

export const users: readonly User[] = [dana, sam];

export function findUser(upn: string | null): User | undefined {
  return users.find((user) => user.upn === upn?.trim().toLowerCase());
}

/** By id or domain, as the first segment of an authority's path names it; not `organizations`. */
export function findTenant(segment: string): Tenant | undefined {
  const wanted = segment.toLowerCase();
  return tenants.find(({ tenantId, domain }) => tenantId === wanted || domain === wanted);
}

/** What the user is in that tenant; undefined when the user is not in it. */
export function membershipOf(user: User, tenantId: string): Membership | undefined {
  return [user.home, ...user.guest].find((membership) => membership.tenantId === tenantId);
}

/** The user that a token of that tenant names by its object id. */
export function findByObjectId(objectId: string): User | undefined {
  return users.find((user) =>
    [user.home, ...user.guest].some((membership) => membership.objectId === objectId),
  );
}
