// What the provider's endpoints share, and the questions each of them asks first.
import type { WebRequest } from "../web/web-server.ts";
import { application, findTenant, tenants, type Tenant, type User } from "./directory.ts";
import { unknownApplication, unknownTenant } from "./errors.ts";
import type { EntraConditions } from "./faults.ts";
import type { Grants } from "./grants.ts";
import type { SigningKey } from "./signing-key.ts";

export interface Provider {
  readonly key: SigningKey;
  readonly grants: Grants;
  readonly conditions: EntraConditions;
  /** ms since 1970 UTC. Real time: clients hold tokens against their own clock. */
  readonly nowMs: () => number;
}

const anyTenant: readonly string[] = ["organizations", "common"];

/** Throws AADSTS90002 for a segment that is neither a tenant nor `organizations` or `common`. */
export function requireTenantSegment(segment: string): void {
  if (!anyTenant.includes(segment.toLowerCase()) && findTenant(segment) === undefined) {
    throw unknownTenant(segment);
  }
}

/** The tenant a user signs in to: the one of the authority, or the user's own. Throws AADSTS90002. */
export function tenantFor(segment: string, user: User): Tenant {
  requireTenantSegment(segment);
  const tenant =
    findTenant(segment) ?? tenants.find(({ tenantId }) => tenantId === user.home.tenantId);
  if (tenant === undefined) throw unknownTenant(user.home.tenantId);
  return tenant;
}

/** Throws AADSTS700016 for any application but the one there is. */
export function requireApplication(clientId: string | null, segment: string): void {
  if (clientId?.toLowerCase() !== application.clientId) {
    throw unknownApplication(clientId ?? "", findTenant(segment)?.name ?? segment);
  }
}

/** The fields of a form that was posted. */
export function formOf({ body }: WebRequest): URLSearchParams {
  return new URLSearchParams(body);
}
