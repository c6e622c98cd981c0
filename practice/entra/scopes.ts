// What a scope asks for: the one resource the access token is for, and the scope the answer names.
import { audiences, type Audience, type Tenant } from "./directory.ts";
import { refuse } from "./errors.ts";

export interface GrantedScope {
  /** `graph` where nothing but OpenID's own scopes was asked. */
  readonly audience: Audience | "graph";
  /** Holds the `.default` that was asked for: a client finds its token by it. */
  readonly text: string;
  readonly hasRefreshToken: boolean;
}

const openIdScopes: readonly string[] = ["openid", "profile", "offline_access", "email"];

/** Throws AADSTS28000 for two resources, 500011 for an unknown one, 70011 for anything that is no scope. */
export function readScope(scope: string, tenant: Tenant): GrantedScope {
  const asked = scope.split(" ").filter((one) => one !== "");
  const openId = asked.filter((one) => openIdScopes.includes(one));
  const resources = asked.filter((one) => !openIdScopes.includes(one));
  const found = new Set(resources.map((one) => audienceOf(one, tenant)));
  if (found.size > 1) {
    throw refuse(
      "invalid_request",
      28000,
      `Provided value for the input parameter scope is not valid because it contains more than one resource. Scope ${scope} is not valid.`,
    );
  }
  const [audience = "graph"] = found;
  const granted = resources.flatMap((one) => [
    ...(one.endsWith("/.default") ? [one.replace(/\.default$/, "user_impersonation")] : []),
    one,
  ]);
  return {
    audience,
    text: [...granted, ...openId].join(" "),
    hasRefreshToken: openId.includes("offline_access"),
  };
}

function audienceOf(scope: string, tenant: Tenant): Audience {
  const parts = /^(https:\/\/.+?)\/{1,2}(\.default|user_impersonation)$/.exec(scope);
  if (parts === null) {
    throw refuse(
      "invalid_scope",
      70011,
      `The provided request must include a 'scope' input parameter. The provided value for the input parameter 'scope' is not valid. The scope ${scope} is not valid.`,
    );
  }
  const [, resource = ""] = parts;
  const audience = Object.values(audiences).find((one) => one === `${resource}/`);
  if (audience === undefined) {
    throw refuse(
      "invalid_resource",
      500011,
      `The resource principal named ${resource} was not found in the tenant named ${tenant.name}.`,
    );
  }
  return audience;
}
