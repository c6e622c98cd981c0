// The options of one server: where it is, who logs in, where the password comes from, how the connection is encrypted.
import { z } from "zod";
import type { ServerLogin } from "../sql/session.ts";
import type { ServerAddress } from "../sql/server-address.ts";
import { addressShapes, parseServerAddress } from "../sql/server-address.ts";
import { UsageError } from "./usage-error.ts";

export interface ServerOptions {
  readonly address: ServerAddress;
  readonly login: string;
  readonly password: PasswordSource;
  readonly encrypt: ServerLogin["encrypt"];
  readonly certificateName: string | undefined;
  /** The side that is given up in a forced failover and was not named: it is not connected to. */
  readonly isLeftOut: boolean;
}

export type PasswordSource =
  | { readonly kind: "environment"; readonly variable: string }
  | { readonly kind: "descriptor"; readonly descriptor: number }
  | { readonly kind: "asked" }
  | { readonly kind: "none" };

type Server = "sql-server" | "managed-instance";
type Part = "" | "-login" | "-password-env" | "-password-fd" | "-encrypt" | "-certificate-name";

const text = { type: "string" } as const;

/** For parseArgs. */
export const serverOptionNames = {
  "sql-server": text,
  "sql-server-login": text,
  "sql-server-password-env": text,
  "sql-server-password-fd": text,
  "sql-server-encrypt": text,
  "sql-server-certificate-name": text,
  "managed-instance": text,
  "managed-instance-login": text,
  "managed-instance-password-env": text,
  "managed-instance-password-fd": text,
  "managed-instance-encrypt": text,
  "managed-instance-certificate-name": text,
} as const satisfies Record<`${Server}${Part}`, typeof text>;

/** `mayBeLeftOut`: it is gone, and need not be named. Throws UsageError that names the option. */
export function parseServerOptions(
  server: Server,
  values: Readonly<Partial<Record<`${Server}${Part}`, string>>>,
  mayBeLeftOut = false,
): ServerOptions {
  if (mayBeLeftOut && values[server] === undefined) return leftOut;
  const value = (part: Part) => values[`${server}${part}`];
  const required = (part: Part) => {
    const given = value(part);
    if (given !== undefined && given !== "") return given;
    throw new UsageError(`--${server}${part} is missing. See --help.`);
  };
  return {
    address: addressOf(server, required("")),
    login: required("-login"),
    password: passwordSource(server, value("-password-env"), value("-password-fd")),
    encrypt: encryptOf(server, value("-encrypt")),
    certificateName: value("-certificate-name"),
    isLeftOut: false,
  };
}

const leftOut: ServerOptions = {
  address: { host: "not named", port: undefined, instanceName: undefined },
  login: "",
  password: { kind: "none" },
  encrypt: "mandatory",
  certificateName: undefined,
  isLeftOut: true,
};

function addressOf(server: Server, text: string): ServerAddress {
  const address = parseServerAddress(text);
  if (address !== undefined) return address;
  throw new UsageError(`--${server} is ${addressShapes}.`);
}

function passwordSource(
  server: Server,
  variable: string | undefined,
  descriptor: string | undefined,
): PasswordSource {
  if (variable !== undefined && descriptor !== undefined) {
    throw new UsageError(`Use --${server}-password-env or --${server}-password-fd, not both.`);
  }
  if (variable !== undefined) return { kind: "environment", variable };
  if (descriptor === undefined) return { kind: "asked" };
  if (!/^\d{1,4}$/.test(descriptor)) {
    throw new UsageError(`--${server}-password-fd is the number of an open file descriptor.`);
  }
  return { kind: "descriptor", descriptor: Number(descriptor) };
}

function encryptOf(server: Server, value: string | undefined): ServerLogin["encrypt"] {
  const encrypt = z.enum(["strict", "mandatory", "optional"]).safeParse(value ?? "mandatory");
  if (encrypt.success) return encrypt.data;
  throw new UsageError(`--${server}-encrypt is strict, mandatory or optional.`);
}
