// HTTPS as any program speaks it (az, curl, urllib): a token, JSON, the estate's authority, and no Azure library at all.
import { readFileSync } from "node:fs";
import type { IncomingHttpHeaders } from "node:http";
import { request as httpsRequest } from "node:https";
import type { PracticeEstate } from "../../../practice/estate.ts";
import type { Change } from "../entra/authorization.ts";
import { linkPath, version } from "./arm-client.ts";

export interface PlainAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** Parsed where there is one, undefined where there is none. */
  readonly body: unknown;
  /** `error.code`. */
  readonly code: string | undefined;
}

export interface PlainRequest {
  readonly method?: string;
  /** An object is sent as JSON, a text as it is. */
  readonly body?: object | string;
}

/** One request; `address` is a path under ARM, or a whole URL as ARM gave it. Rejects where the connection ends first. */
export function plainly(
  { arm, caFile }: PracticeEstate,
  token: string,
  address: string,
  { method = "GET", body }: PlainRequest = {},
): Promise<PlainAnswer> {
  const text = typeof body === "object" ? JSON.stringify(body) : (body ?? "");
  return new Promise((resolve, reject) => {
    const outgoing = httpsRequest(
      new URL(address, arm.endpoint),
      {
        method,
        ca: readFileSync(caFile),
        // A new connection each time: one that was cut tells nothing of the next request.
        agent: false,
        headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      },
      (incoming) => {
        let received = "";
        incoming.setEncoding("utf8");
        incoming.on("data", (chunk: string) => (received += chunk));
        incoming.on("end", () => {
          resolve(told(incoming.statusCode ?? 0, incoming.headers, received));
        });
      },
    );
    outgoing.once("error", reject);
    outgoing.end(text);
  });
}

function told(status: number, headers: IncomingHttpHeaders, text: string): PlainAnswer {
  // Read as it comes: the tests say what is in it.
  const body = (text === "" ? undefined : JSON.parse(text)) as
    { readonly error?: { readonly code: string } } | undefined;
  return { status, headers, body, code: body?.error?.code };
}

/** The four requests that change a link, at 2025-01-01; `place` where it is not the first instance's. */
export function changesOf(
  estate: PracticeEstate,
  token: string,
  name = "LINK_Adatum",
  place: Change = {},
) {
  const path = linkPath(estate, name, place);
  const send = (method: string, verb: string, body?: object | string) =>
    plainly(estate, token, `${path}${verb}${version}`, {
      method,
      ...(body === undefined ? {} : { body }),
    });
  return {
    get: () => send("GET", ""),
    update: (body: object | string) => send("PATCH", "", body),
    remove: () => send("DELETE", ""),
    failover: (body: object | string) => send("POST", "/failover", body),
    setRole: (body: object | string) => send("POST", "/setRole", body),
  };
}
