// Which servers may be connected to, and which may stand beside each other: practice and real ones never meet.
import { isIP } from "node:net";
import { AppError } from "../../shared/errors/app-error.ts";
import type { ConnectionFacts, RequestInput } from "../../shared/ipc.ts";
import type { Environment } from "../../shared/plan/plan.ts";
import { visibleText } from "../../shared/visible-text.ts";
import type { ProbeTarget } from "../sql/probe-certificate.ts";
import type { ServerAddress } from "../sql/server-address.ts";
import { addressShapes, isLoopback, parseServerAddress } from "../sql/server-address.ts";
import type { PracticeProfile } from "./practice-profile.ts";

type Asked = Pick<
  RequestInput<"connection.probe">,
  "side" | "server" | "usePublicEndpoint" | "encrypt"
>;

/** The port of an instance's public endpoint (Azure SQL Managed Instance, "Configure public endpoint"). */
const publicPort = 3342;

/** Where to connect and what to trust there. Throws AppError for an address that is none, or that is out of reach here. */
export function targetOf(asked: Asked, practice: PracticeProfile | undefined): ProbeTarget {
  const address = addressOf(asked);
  if (practice !== undefined) {
    if (!isLoopback(address.host)) throw refused("practiceOnlyHere", practiceOnlyHere(asked));
    if (asked.encrypt === "optional") throw refused("practiceEncrypts", practiceEncrypts);
  }
  return {
    ...address,
    encrypt: asked.encrypt,
    caCertificatePem: practice?.authorityPem,
    certificateName: undefined,
  };
}

/** Throws AppError: practice belongs to a practice host, and nothing else does. */
export function admitEnvironment(asked: Environment, practice: PracticeProfile | undefined): void {
  if ((asked === "practice") !== (practice !== undefined)) {
    throw refused(
      "environmentRefused",
      practice === undefined
        ? "The environment practice belongs to the practice estate, which this window was not started for."
        : `This window was started for the practice estate, and ${asked} servers are never connected to from it.`,
    );
  }
}

type Marked = Pick<ConnectionFacts, "serverName" | "environment">;

/** Throws AppError: both sides of a link belong to one environment. */
export function admitPair(box: Marked | undefined, instance: Marked | undefined): void {
  if (box === undefined || instance === undefined) return;
  if (box.environment === instance.environment) return;
  const words = [box, instance].map(
    ({ serverName, environment }) => `${visibleText(serverName)} is connected as ${environment}`,
  );
  throw refused(
    "environmentsMixed",
    `${words.join(" and ")}: servers of different environments are never paired.`,
  );
}

export function practiceServerRefused(server: string): AppError {
  return refused(
    "practiceServer",
    `${visibleText(server)} shows a certificate of the practice estate: it is never connected to beside real servers.`,
  );
}

function addressOf({ side, server, usePublicEndpoint }: Asked): ServerAddress {
  const address = parseServerAddress(server);
  if (address === undefined) {
    throw refused(
      "addressNotUnderstood",
      `The server is ${addressShapes}; "${visibleText(server)}" is not.`,
    );
  }
  if (!usePublicEndpoint) return address;
  if (side === "box") {
    throw refused("noPublicEndpoint", "Only a managed instance has a public endpoint.");
  }
  const port = /,\s*\d+\s*$/.test(server) ? address.port : publicPort;
  return { host: publicHost(address.host), port, instanceName: undefined };
}

/** `name.zone.database.windows.net` is reached from outside as `name.public.zone.database.windows.net`. */
function publicHost(host: string): string {
  const [name, next, ...rest] = host.split(".");
  if (isIP(host) !== 0 || name === undefined || next === undefined || next === "public")
    return host;
  return rest.length === 0 ? host : [name, "public", next, ...rest].join(".");
}

function practiceOnlyHere({ server }: Asked): string {
  return `This window was started for the practice estate on this computer; ${visibleText(server)} is somewhere else.`;
}

const practiceEncrypts =
  "The practice estate is connected to with encryption: mandatory or strict.";

function refused(code: string, summary: string): AppError {
  return new AppError({
    code,
    class: "block",
    summary,
    remedy: "Change the connection, or start the window for the other servers.",
  });
}
