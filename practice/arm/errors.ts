// ARM's refusals: a status, a code, a sentence, and the JSON they are told in.
import { json, type WebAnswer } from "../web/web-server.ts";

/** Thrown by whatever refuses; the server answers with it. */
export class ArmError extends Error {
  readonly status: number;
  /** As ARM spells it: `ResourceNotFound`. */
  readonly code: string;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    code: string,
    message: string,
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
    this.status = status;
    this.code = code;
    this.headers = headers;
  }
}

export function errorAnswer({ status, code, message, headers }: ArmError): WebAnswer {
  return json(status, { error: { code, message } }, headers);
}
