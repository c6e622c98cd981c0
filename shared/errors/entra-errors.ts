// Entra ID's number or OAuth error to what it means and what to do.
import { visibleText } from "../visible-text.ts";
import type { Problem } from "./app-error.ts";
import type { AzureErrorRow } from "./azure-error-row.ts";
import { rowsByCode } from "./azure-error-row.ts";
import { entraRows } from "./entra-error-rows.ts";

/** What Entra ID, or the library on its behalf, refused with. */
export interface EntraRefusal {
  /** OAuth's or MSAL's word: `invalid_grant`, `access_denied`, `no_tokens_found`. */
  readonly error: string;
  /** The number behind AADSTS; undefined where there was none. */
  readonly number: number | undefined;
  /** The words that came with it, whole; never a token. */
  readonly text: string;
  /** What Entra's administrators search their log by. */
  readonly correlationId: string | undefined;
}

/** Every AADSTS number and OAuth error with its row. */
export const entraErrors: ReadonlyMap<string, AzureErrorRow> = rowsByCode(entraRows);

/**
 * The problem behind a sign-in that was refused for `what`, a tenant's or an account's name. The number decides before the
 * error word. What has no row asks for a new sign-in: nothing was changed anywhere by a sign-in that failed.
 */
export function problemFromEntraError(refusal: EntraRefusal, what: string): Problem {
  const { error, number, text, correlationId } = refusal;
  const row = entraErrors.get(String(number)) ?? entraErrors.get(error.toLowerCase()) ?? unknown;
  const fill = (sentence: string) => sentence.replaceAll("{what}", () => visibleText(what));
  const aadsts = number === undefined || text.includes(`AADSTS${number}`) ? "" : `AADSTS${number} `;
  const id =
    correlationId === undefined || correlationId === "" || text.includes(correlationId)
      ? ""
      : ` (correlation id ${visibleText(correlationId)})`;
  return {
    code: row.code,
    class: row.class,
    summary: fill(row.meaning),
    detail: `${aadsts}${error}: ${text}${id}`,
    remedy: fill(row.remedy),
  };
}

const unknown: AzureErrorRow = {
  codes: [],
  code: "signInFailed",
  class: "block",
  meaning: "Microsoft Entra ID did not let {what} sign in.",
  remedy: "Read the message; its AADSTS number is explained at login.microsoftonline.com/error.",
};
