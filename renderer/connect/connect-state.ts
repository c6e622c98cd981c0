// What is typed into the Connect window, what is missing in it, and the step it is at. Pure.
import type { Problem } from "../../shared/errors/app-error.ts";
import { hasPassword, windowsLoginPattern } from "../../shared/connect/saved-pair.ts";
import type { SavedAuthentication, SavedServer } from "../../shared/connect/saved-pair.ts";
import type { Side } from "../../shared/estate/estate.ts";
import type { Account } from "../../shared/azure/contract.ts";
import type { CertificateFacts, RequestInput } from "../../shared/ipc.ts";
import type { Environment } from "../../shared/plan/plan.ts";
import type { TypedLogin } from "./use-typed-login.ts";

export type Encryption = RequestInput<"connection.probe">["encrypt"];

export interface ConnectFields {
  readonly side: Side;
  readonly server: string;
  readonly usePublicEndpoint: boolean;
  readonly authentication: SavedAuthentication["kind"];
  readonly login: string;
  readonly password: string;
  readonly encrypt: Encryption;
  readonly environment: Environment;
  readonly rememberPassword: boolean;
  /** One is remembered for this login at this server: none has to be typed. */
  readonly isPasswordKept: boolean;
}

/** A server as it was connected before, to be changed. */
export type Prefill = SavedServer & Pick<ConnectFields, "environment" | "isPasswordKept">;

/** The certificate stage comes before any login; the login is sent only when it is trusted. */
export type ConnectStage =
  | { readonly kind: "form"; readonly problem?: Problem }
  | { readonly kind: "probing" }
  | {
      readonly kind: "certificate";
      readonly certificate: CertificateFacts;
      readonly isTicked: boolean;
    }
  | { readonly kind: "opening" };

export interface ConnectState {
  readonly fields: ConnectFields;
  readonly stage: ConnectStage;
  /** True once Connect was pressed: only then is what is missing said. */
  readonly isTried: boolean;
}

/** Encryption mandatory, and the environment that asks for most care: production outside practice. */
export function initialConnect(side: Side, isPractice: boolean, prefill?: Prefill): ConnectState {
  return {
    fields: {
      side,
      server: "",
      usePublicEndpoint: false,
      authentication: "sqlLogin",
      login: "",
      password: "",
      encrypt: "mandatory",
      environment: isPractice ? "practice" : "production",
      rememberPassword: false,
      isPasswordKept: false,
      ...(prefill === undefined ? {} : fieldsOf(prefill)),
    },
    stage: { kind: "form" },
    isTried: false,
  };
}

export type ConnectEvent =
  | { readonly kind: "changed"; readonly fields: Partial<ConnectFields> }
  | { readonly kind: "tried" }
  | { readonly kind: "probing" }
  | { readonly kind: "untrusted"; readonly certificate: CertificateFacts }
  | { readonly kind: "ticked"; readonly isTicked: boolean }
  | { readonly kind: "opening" }
  | { readonly kind: "failed"; readonly problem: Problem };

export function connectAfter(state: ConnectState, event: ConnectEvent): ConnectState {
  switch (event.kind) {
    case "changed":
      if (isWorking(state)) return state;
      // What was said of another server's certificate, or of another login, is said of nothing any more.
      return {
        ...state,
        fields: settled(state.fields, event.fields),
        stage: { kind: "form" },
      };
    case "tried":
      return { ...state, isTried: true };
    case "probing":
    case "opening":
      return { ...state, stage: { kind: event.kind } };
    case "untrusted":
      return {
        ...state,
        stage: { kind: "certificate", certificate: event.certificate, isTicked: false },
      };
    case "ticked":
      return state.stage.kind === "certificate"
        ? { ...state, stage: { ...state.stage, isTicked: event.isTicked } }
        : state;
    case "failed":
      return { ...state, stage: { kind: "form", problem: event.problem } };
  }
}

export type MissingField = "server" | "login" | "domain" | "password" | "account";

/** Fields that have to be filled in before a connection can be tried. */
export function missingFields(
  fields: ConnectFields,
  account: Account | null,
): readonly MissingField[] {
  const isTyped = hasPassword({ kind: fields.authentication });
  const login = fields.login.trim();
  const lacksDomain = fields.authentication === "windows" && !windowsLoginPattern.test(login);
  return [
    ...(fields.server.trim() === "" ? (["server"] as const) : []),
    ...(isTyped && login === "" ? (["login"] as const) : []),
    ...(login !== "" && lacksDomain ? (["domain"] as const) : []),
    ...(isTyped && fields.password === "" && !fields.isPasswordKept ? (["password"] as const) : []),
    ...(fields.authentication === "entra" && account === null ? (["account"] as const) : []),
  ];
}

/** True while the main process works: fields and Connect are closed. */
export function isWorking({ stage }: ConnectState): boolean {
  return stage.kind === "probing" || stage.kind === "opening";
}

/** The certificate that was ticked, by its fingerprint; null: the system's trust decides. */
export function trustedFingerprint({ stage }: ConnectState): string | null {
  return stage.kind === "certificate" && stage.isTicked ? stage.certificate.fingerprint : null;
}

/** Where to look and how to encrypt: what a probe and a login have in common. */
export function addressOf(fields: ConnectFields): RequestInput<"connection.probe"> {
  const { side, usePublicEndpoint, encrypt } = fields;
  return { side, server: fields.server.trim(), usePublicEndpoint, encrypt };
}

/** What is sent to log in; the tick says nothing where no password was typed. */
export function loginOf(fields: ConnectFields, fingerprint: string | null): TypedLogin {
  const { authentication, password, environment, rememberPassword } = fields;
  return {
    ...addressOf(fields),
    authentication:
      authentication === "entra" || authentication === "windowsSession"
        ? { kind: authentication }
        : { kind: authentication, login: fields.login.trim() },
    password,
    trustedFingerprint: fingerprint,
    environment,
    ...(password === "" ? {} : { rememberPassword }),
  };
}

function fieldsOf(prefill: Prefill): Partial<ConnectFields> {
  const { server, usePublicEndpoint, encrypt, environment, authentication } = prefill;
  const { isPasswordKept } = prefill;
  return {
    ...{ server, usePublicEndpoint, encrypt, environment, isPasswordKept },
    authentication: authentication.kind,
    login: hasPassword(authentication) ? authentication.login : "",
    rememberPassword: isPasswordKept,
  };
}

/** Only an instance has a public endpoint, single sign-on is SQL Server's alone, and a password is remembered for one login at one server. */
function settled(before: ConnectFields, changed: Partial<ConnectFields>): ConnectFields {
  const isOther = ["side", "server", "usePublicEndpoint", "login"].some((name) => name in changed);
  const fields = { ...before, ...changed };
  return {
    ...fields,
    authentication:
      fields.side === "instance" && fields.authentication === "windowsSession"
        ? "sqlLogin"
        : fields.authentication,
    usePublicEndpoint: fields.side === "instance" && fields.usePublicEndpoint,
    isPasswordKept: fields.isPasswordKept && !isOther,
  };
}
