// What is typed into the Connect window, what is missing in it, and the step it is at. Pure.
import type { Problem } from "../../shared/errors/app-error.ts";
import type { Side } from "../../shared/estate/estate.ts";
import type { Account, CertificateFacts, RequestInput } from "../../shared/ipc.ts";
import type { Environment } from "../../shared/plan/plan.ts";

export type Encryption = RequestInput<"connection.probe">["encrypt"];

export interface ConnectFields {
  readonly side: Side;
  readonly server: string;
  readonly usePublicEndpoint: boolean;
  readonly authentication: "sqlLogin" | "entra";
  readonly login: string;
  readonly password: string;
  readonly encrypt: Encryption;
  readonly environment: Environment;
}

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
export function initialConnect(side: Side, isPractice: boolean): ConnectState {
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
        fields: settled({ ...state.fields, ...event.fields }),
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

export type MissingField = "server" | "login" | "password" | "account";

/** Fields that have to be filled in before a connection can be tried. */
export function missingFields(
  fields: ConnectFields,
  account: Account | null,
): readonly MissingField[] {
  const isSqlLogin = fields.authentication === "sqlLogin";
  return [
    ...(fields.server.trim() === "" ? (["server"] as const) : []),
    ...(isSqlLogin && fields.login.trim() === "" ? (["login"] as const) : []),
    ...(isSqlLogin && fields.password === "" ? (["password"] as const) : []),
    ...(!isSqlLogin && account === null ? (["account"] as const) : []),
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

/** Only an instance has a public endpoint. */
function settled(fields: ConnectFields): ConnectFields {
  return fields.side === "box" ? { ...fields, usePublicEndpoint: false } : fields;
}
