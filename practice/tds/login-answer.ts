// What a server answers to LOGIN7: the welcome, the refusal, or the way to another address.
import type { Backend, BackendSession, LoginAnswer, LoginRequest } from "./backend.ts";
import type { SqlMessage } from "../sql-types.ts";
import { databaseChanged } from "./answer.ts";
import { failureMessage } from "./failure.ts";
import { feature } from "./login7.ts";
import type { Credential, Login7 } from "./login7.ts";
import { defaultPacketBytes } from "./packets.ts";
import * as tokens from "./tokens.ts";
import { collation } from "./types/code-page.ts";
import { join } from "./wire-writer.ts";

const nothing = Buffer.alloc(0);
const finished = tokens.done({
  token: tokens.doneToken.done,
  status: tokens.doneStatus.final,
  command: tokens.doneCommand.none,
  rowCount: 0,
});

/** `tokens` are the whole answer. Only an accepted client may send requests. */
export type LoginOutcome =
  | { readonly kind: "refused" | "routed"; readonly tokens: Buffer }
  | {
      readonly kind: "accepted";
      readonly tokens: Buffer;
      readonly session: BackendSession;
      readonly packetBytes: number;
    };

/** Asks the backend. Never rejects: a backend that throws refuses the login with its reason. */
export async function answerLogin(
  backend: Backend,
  login: Login7,
  encrypted: boolean,
): Promise<LoginOutcome> {
  const answer = await ask(backend, login, encrypted);
  switch (answer.kind) {
    case "refused":
      return { kind: "refused", tokens: refusal(backend.serverName, answer.error) };
    case "routed":
      return { kind: "routed", tokens: redirect(backend, login, answer) };
    case "accepted": {
      const { session } = answer;
      const packetBytes = agreedPacketBytes(login.packetBytes, encrypted);
      const tokens = welcome(backend, session, login, packetBytes);
      return { kind: "accepted", tokens, session, packetBytes };
    }
  }
}

async function ask(backend: Backend, login: Login7, encrypted: boolean): Promise<LoginAnswer> {
  const request = toLoginRequest(login, encrypted);
  if (request === undefined) return { kind: "refused", error: unsupportedLogin(login) };
  try {
    return await backend.login(request);
  } catch (error) {
    return { kind: "refused", error: failureMessage(error) };
  }
}

/** Size of the packets from now on: what the client asks, within the limits of "network packet size". */
function agreedPacketBytes(asked: number, encrypted: boolean): number {
  const limit = encrypted ? 16_383 : 32_767;
  return asked === 0 ? defaultPacketBytes : Math.min(Math.max(asked, 512), limit);
}

/** What the backend is asked; undefined for a kind of login this server does not have. */
function toLoginRequest(login: Login7, encrypted: boolean): LoginRequest | undefined {
  const { credential } = login;
  if (credential.kind === "unsupported" || credential.kind === "sspi") return undefined;
  return {
    login: nameOf(credential),
    password: credential.kind === "password" ? credential.password : "",
    ...(credential.kind === "token" ? { token: credential.token } : {}),
    ...(credential.kind === "windows" ? { windows: credential.proof } : {}),
    database: login.database,
    host: login.host,
    program: login.program,
    clientLibrary: login.clientLibrary,
    serverNameAsked: login.serverNameAsked,
    readOnlyIntent: login.readOnlyIntent,
    clientProcessId: login.clientProcessId,
    encrypted,
  };
}

function nameOf(credential: Exclude<Credential, { kind: "sspi" | "unsupported" }>): string {
  switch (credential.kind) {
    case "password":
      return credential.login;
    case "windows":
      return `${credential.proof.domain}\\${credential.proof.user}`;
    case "token":
      return "";
  }
}

/** Msg 18452: a Windows login that the server does not take, or that its security package let fall. */
export const untrustedDomain: SqlMessage = {
  number: 18452,
  severity: 14,
  state: 1,
  text: "Login failed. The login is from an untrusted domain and cannot be used with Integrated authentication.",
};

/** 18452, or 18456 for an Entra login that brings no token. */
function unsupportedLogin({ credential }: Login7): SqlMessage {
  return credential.kind === "sspi"
    ? untrustedDomain
    : {
        number: 18456,
        severity: 14,
        state: 1,
        text: "Login failed. This server takes an access token in the login itself; it does not tell where to get one.",
      };
}

function welcome(
  backend: Backend,
  session: BackendSession,
  login: Login7,
  packetBytes: number,
): Buffer {
  const info = (it: SqlMessage): Buffer => tokens.message("info", it, backend.serverName);
  const language = "Changed language setting to us_english.";
  return join(
    tokens.envText(tokens.env.database, session.database, "master"),
    info(databaseChanged(session.database, 2)),
    tokens.envBytes(tokens.env.collation, collation, nothing),
    tokens.envText(tokens.env.language, "us_english", ""),
    info({ number: 5703, severity: 0, state: 1, text: language }),
    tokens.loginAck(login.tdsVersion, backend.version),
    tokens.envText(tokens.env.packetSize, String(packetBytes), String(defaultPacketBytes)),
    acknowledged(login),
    finished,
  );
}

/** LOGINACK comes before the new address, or clients do not follow it. */
function redirect(
  backend: Backend,
  login: Login7,
  to: { readonly host: string; readonly port: number },
): Buffer {
  return join(
    tokens.loginAck(login.tdsVersion, backend.version),
    tokens.routing(to.host, to.port),
    acknowledged(login),
    finished,
  );
}

/** The reason, and the end: the server closes the connection behind it. */
function refusal(serverName: string, error: SqlMessage): Buffer {
  return join(
    tokens.message("error", error, serverName),
    tokens.done({
      token: tokens.doneToken.done,
      status: tokens.doneStatus.error,
      command: tokens.doneCommand.none,
      rowCount: 0,
    }),
  );
}

/** FEDAUTH is acknowledged with no data after a token and never otherwise; UTF8_SUPPORT where it was asked for. */
function acknowledged(login: Login7): Buffer {
  const acks = new Map<number, Buffer>();
  if (login.credential.kind === "token") acks.set(feature.fedAuth, nothing);
  if (login.features.has(feature.utf8Support)) acks.set(feature.utf8Support, Buffer.of(1));
  return acks.size === 0 ? nothing : tokens.featureExtAck(acks);
}
