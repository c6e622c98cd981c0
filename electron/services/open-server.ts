// Opens one server: secret or token in, trust settled, logged in, and asked who it is.
import { AppError } from "../../shared/errors/app-error.ts";
import type { RequestInput } from "../../shared/ipc.ts";
import { visibleText } from "../../shared/visible-text.ts";
import { onlyRow, readRows } from "../estate/queries/query.ts";
import { rightsQuery } from "../estate/queries/rights.ts";
import { serverQuery } from "../estate/queries/server.ts";
import { addressOf } from "../sql/pool-config.ts";
import { isPracticeServer } from "../sql/practice-authority.ts";
import { nameInCertificate, probeCertificate } from "../sql/probe-certificate.ts";
import type { ProbeTarget } from "../sql/probe-certificate.ts";
import type { Connector, ServerLogin, SqlSession } from "../sql/session.ts";
import { practiceServerRefused } from "./admission.ts";
import type { AzureService } from "./azure-service.ts";
import type { PasswordOwner, Passwords } from "./passwords.ts";
import type { Secrets } from "./secrets.ts";

export type OpenInput = RequestInput<"connection.open">;

export interface OpenServer {
  readonly login: ServerLogin;
  readonly session: SqlSession;
  /** SERVERPROPERTY('ServerName') and the login as the server itself says them. */
  readonly serverName: string;
  readonly loginName: string;
  /** Brings the token up to date where there is one; never rejects. */
  readonly renew: () => Promise<void>;
}

export interface Opening {
  readonly connector: Connector;
  readonly secrets: Secrets;
  readonly passwords: Passwords;
  readonly azure: AzureService;
}

/** Throws AppError: each failure its own sentence. The secret is gone afterwards, whatever happens. */
export async function openServer(
  input: OpenInput,
  target: ProbeTarget,
  { connector, ...givers }: Opening,
  signal: AbortSignal,
): Promise<OpenServer> {
  const credentials = await credentialsOf(input, givers, signal);
  const trusted = await withTrust(target, input.trustedFingerprint, signal);
  const { renew, ...identity } = credentials;
  const login: ServerLogin = { ...trusted, ...identity, side: input.side };
  const session = await connector.connect(login, signal);
  try {
    const [servers, rights] = await readRows(session, [serverQuery, rightsQuery], signal);
    const { serverName, engineEdition } = onlyRow(servers, session, serverQuery.name);
    refuseOtherKind(input, serverName, engineEdition);
    const loginName = onlyRow(rights, session, rightsQuery.name).login;
    return { login, session: renewed(session, renew), serverName, loginName, renew };
  } catch (error) {
    await session.close();
    throw error;
  }
}

async function credentialsOf(
  input: OpenInput,
  { secrets, passwords, azure }: Omit<Opening, "connector">,
  signal: AbortSignal,
): Promise<
  Pick<ServerLogin, "login" | "password" | "domain" | "isWindowsSession" | "accessToken"> &
    Pick<OpenServer, "renew">
> {
  const { authentication, encrypt } = input;
  const renew = () => Promise.resolve();
  if (authentication.kind === "windowsSession") {
    if (encrypt === "optional") throw windowsInClear();
    return { login: "", password: "", isWindowsSession: true, renew };
  }
  if (authentication.kind !== "entra") {
    const { secretId, login } = authentication;
    if (authentication.kind === "windows" && encrypt === "optional") throw windowsInClear();
    const password =
      secretId === null ? await recalled(passwords, { ...input, login }) : secrets.take(secretId);
    if (authentication.kind === "sqlLogin") return { login, password, renew };
    const [domain = "", user = ""] = login.split("\\", 2);
    return { login: user, domain, password, renew };
  }
  if (encrypt === "optional") throw tokenInClear();
  const { accountId } = authentication;
  let latest = await azure.sqlToken(accountId, signal);
  return {
    login: accountId,
    password: "",
    accessToken: () => latest,
    async renew() {
      // Without a new one the old one is tried: the server's own word says more than ours.
      latest = await azure.sqlToken(accountId).catch(() => latest);
    },
  };
}

async function recalled(
  passwords: Passwords,
  { side, server, usePublicEndpoint, login }: PasswordOwner,
): Promise<string> {
  const password = await passwords.recall({ side, server, usePublicEndpoint, login });
  if (password !== undefined) return password;
  throw new AppError({
    code: "passwordNotRemembered",
    class: "block",
    summary: `No password is remembered for ${visibleText(login)} at ${visibleText(server)}.`,
    remedy: "Type the password.",
  });
}

/** With a fingerprint the one certificate that has it is trusted, and no authority beside it. */
async function withTrust(
  target: ProbeTarget,
  fingerprint: string | null,
  signal: AbortSignal,
): Promise<ProbeTarget> {
  if (fingerprint === null) return target;
  const probed = await probeCertificate(target, signal);
  if (probed?.facts.fingerprint !== fingerprint) throw otherCertificate(addressOf(target));
  if (target.caCertificatePem === undefined && isPracticeServer(probed.pem)) {
    throw practiceServerRefused(addressOf(target));
  }
  return {
    ...target,
    caCertificatePem: probed.pem,
    certificateName: nameInCertificate(target.host, probed.facts.names),
  };
}

/** SERVERPROPERTY('EngineEdition') 8 is Azure SQL Managed Instance. */
function refuseOtherKind({ side }: OpenInput, serverName: string, engineEdition: number): void {
  const isInstance = engineEdition === 8;
  if (isInstance === (side === "instance")) return;
  throw new AppError({
    code: "otherKindOfServer",
    class: "wrongSide",
    summary: `${visibleText(serverName)} is ${isInstance ? "a managed instance" : "no managed instance"}.`,
    remedy: `Connect it as ${isInstance ? "the managed instance" : "SQL Server"} of the link.`,
  });
}

/** A pool logs in again when it needs to, with the token that is newest then. */
function renewed(session: SqlSession, renew: () => Promise<void>): SqlSession {
  return {
    ...session,
    async read(text, parameters, signal) {
      await renew();
      return session.read(text, parameters, signal);
    },
  };
}

/** The server shows another certificate than the one that was trusted. */
export function otherCertificate(address: string): AppError {
  return new AppError({
    code: "certificateChanged",
    class: "block",
    summary: `${visibleText(address)} does not show the certificate that was trusted.`,
    remedy: "Look at the certificate it shows now, and trust that one only after checking it.",
  });
}

function tokenInClear(): AppError {
  return new AppError({
    code: "entraNeedsEncryption",
    class: "block",
    summary: "A Microsoft Entra sign-in is never sent over a connection without encryption.",
    remedy: "Connect with encryption mandatory or strict.",
  });
}

/** What NTLM shows of a password can be guessed at leisure by whoever reads along. */
function windowsInClear(): AppError {
  return new AppError({
    code: "windowsNeedsEncryption",
    class: "block",
    summary: "A Windows login is never sent over a connection without encryption.",
    remedy: "Connect with encryption mandatory or strict.",
  });
}
