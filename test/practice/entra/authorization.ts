// Requests to the provider as a client makes them, with some of it replaced: for what the client library never sends.
import type { EntraFacts } from "../../../practice/entra/start-entra.ts";
import { armScope } from "./msal.ts";
import { openPage, submit } from "./person.ts";

export type Change = Readonly<Record<string, string>>;

export const redirectUri = "http://localhost:49152";
/** RFC 7636, appendix B. */
export const verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

/** Address of the authorize page; `tenant` is the first segment, all else goes into the query. */
export function authorization(facts: EntraFacts, change: Change = {}): string {
  const { tenant = "organizations", ...rest } = change;
  const query = new URLSearchParams({
    client_id: facts.clientId,
    response_type: "code",
    response_mode: "form_post",
    redirect_uri: redirectUri,
    scope: `${armScope} openid profile offline_access`,
    code_challenge: challenge,
    code_challenge_method: "S256",
    state: "s",
    ...rest,
  });
  return `${facts.address}/${tenant}/oauth2/v2.0/authorize?${query.toString()}`;
}

/** A code for that user. */
export async function codeFor(
  facts: EntraFacts,
  upn: string,
  change: Change = {},
): Promise<string> {
  const page = await openPage(authorization(facts, change));
  const answer = await submit(page, facts.address, { upn });
  return answer.fields["code"] ?? "";
}

export interface Told {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

/** Posts a form to an endpoint such as `organizations/oauth2/v2.0/token`. */
export async function post(facts: EntraFacts, path: string, form: Change): Promise<Told> {
  const response = await fetch(`${facts.address}/${path}`, {
    method: "POST",
    body: new URLSearchParams({ client_id: facts.clientId, ...form }),
  });
  // Read as it comes: the tests say what is in it.
  return { status: response.status, body: (await response.json()) as Told["body"] };
}

/** Redeems a code. */
export function redeem(facts: EntraFacts, code: string, change: Change = {}): Promise<Told> {
  return post(facts, "organizations/oauth2/v2.0/token", {
    grant_type: "authorization_code",
    code,
    redirect_uri: redirectUri,
    code_verifier: verifier,
    scope: `${armScope} openid profile offline_access`,
    ...change,
  });
}
