// What can go wrong with signing in, switched on and off while the provider runs.
import { refuse } from "./errors.ts";

export type EntraFault =
  /** Every refresh token given out so far is refused from now on (AADSTS50173). */
  | { readonly kind: "refreshTokensRevoked" }
  /** Whoever signs in by browser or device code declines (AADSTS65004). */
  | { readonly kind: "consentDeclined"; readonly on: boolean }
  /** Every answer comes that much later, world time, ms; 0 ends it. */
  | { readonly kind: "slow"; readonly ms: number }
  /** The same for what is asked of one tenant alone. */
  | { readonly kind: "tenantSlow"; readonly tenantId: string; readonly ms: number }
  /**
   * One tenant gives out no tokens: `mfaRequired` refuses only without a browser (AADSTS50076), `blocked` is Conditional
   * Access (AADSTS53003), `unavailable` is 503 (AADSTS90033).
   */
  | {
      readonly kind: "tenantFails";
      readonly tenantId: string;
      readonly how: TenantFailure;
      readonly on: boolean;
    }
  /** Life of access tokens given out from now on, seconds. */
  | { readonly kind: "tokenLifetime"; readonly seconds: number }
  /** Device codes given out from now on: how long they can be used, and how often a client may ask, seconds. */
  | {
      readonly kind: "deviceCodes";
      readonly lifetimeSeconds: number;
      readonly intervalSeconds: number;
    };

export type TenantFailure = "mfaRequired" | "blocked" | "unavailable";

/** The faults as they stand. */
export interface EntraConditions {
  /** Refresh tokens with a lower number are revoked. */
  validFromNumber: number;
  isConsentDeclined: boolean;
  slowMs: number;
  /** By tenant id. */
  readonly slowTenants: Map<string, number>;
  readonly failingTenants: Map<string, TenantFailure>;
  tokenLifetimeSeconds: number;
  deviceCodeLifetimeSeconds: number;
  deviceCodeIntervalSeconds: number;
}

/** Nothing wrong: tokens live as long as Entra's usually do, device codes 15 minutes. */
export function fairConditions(): EntraConditions {
  return {
    validFromNumber: 0,
    isConsentDeclined: false,
    slowMs: 0,
    slowTenants: new Map(),
    failingTenants: new Map(),
    tokenLifetimeSeconds: 4200,
    deviceCodeLifetimeSeconds: 900,
    // Entra says 5; one second keeps a practice brisk.
    deviceCodeIntervalSeconds: 1,
  };
}

/** `nextTokenNumber`: the number the next refresh token gets. */
export function applyEntraFault(
  conditions: EntraConditions,
  fault: EntraFault,
  nextTokenNumber: number,
): void {
  switch (fault.kind) {
    case "refreshTokensRevoked":
      conditions.validFromNumber = nextTokenNumber;
      return;
    case "consentDeclined":
      conditions.isConsentDeclined = fault.on;
      return;
    case "slow":
      conditions.slowMs = fault.ms;
      return;
    case "tenantSlow":
      conditions.slowTenants.set(fault.tenantId.toLowerCase(), fault.ms);
      return;
    case "tenantFails":
      if (fault.on) conditions.failingTenants.set(fault.tenantId.toLowerCase(), fault.how);
      else conditions.failingTenants.delete(fault.tenantId.toLowerCase());
      return;
    case "tokenLifetime":
      conditions.tokenLifetimeSeconds = fault.seconds;
      return;
    case "deviceCodes":
      conditions.deviceCodeLifetimeSeconds = fault.lifetimeSeconds;
      conditions.deviceCodeIntervalSeconds = fault.intervalSeconds;
  }
}

/** Throws when the tenant fails. `byHand`: the user is at the page or has just been there. */
export function requireWorkingTenant(
  conditions: EntraConditions,
  tenantId: string,
  byHand: boolean,
): void {
  switch (conditions.failingTenants.get(tenantId)) {
    case undefined:
      return;
    case "mfaRequired":
      if (byHand) return;
      throw refuse(
        "invalid_grant",
        50076,
        "Due to a configuration change made by your administrator, or because you moved to a new location, you must use multi-factor authentication to access the resource.",
        { suberror: "basic_action" },
      );
    case "blocked":
      throw refuse(
        "invalid_grant",
        53003,
        "Access has been blocked by Conditional Access policies. The access policy does not allow token issuance.",
        { suberror: "message_only" },
      );
    case "unavailable":
      throw refuse(
        "temporarily_unavailable",
        90033,
        "A transient error has occurred. Please try again.",
        { status: 503 },
      );
  }
}
