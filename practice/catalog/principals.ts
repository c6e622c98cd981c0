// sys.server_principals and sys.server_role_members: the logins, the server roles, and who is a member of which.
import { sameName } from "../world/groups.ts";
import type { CatalogContext, ServerLogin } from "./context.ts";
import { certificateSid } from "./certificates.ts";
import { stableBytes } from "./stable-id.ts";
import { localTime } from "./local-time.ts";
import { bit, datetime, description, int, sysname, varbinary, varchar } from "./types.ts";
import { defineView } from "./view.ts";

/** Who or what has rights on the server. */
export interface Principal {
  readonly id: number;
  readonly name: string;
  readonly kind: ServerLogin["kind"] | "role" | "certificate";
  /** What a login was made from; only those of a certificate have one. */
  readonly certificate?: string;
  readonly isDisabled: boolean;
  /** Of a login; that of anything else follows from its name. */
  readonly sid?: Uint8Array;
  /** Of a role: the login it belongs to. */
  readonly owner: string | null;
}

const types = {
  sql: { code: "S", text: "SQL_LOGIN" },
  windows: { code: "U", text: "WINDOWS_LOGIN" },
  external: { code: "E", text: "EXTERNAL_LOGIN" },
  role: { code: "R", text: "SERVER_ROLE" },
  certificate: { code: "C", text: "CERTIFICATE_MAPPED_LOGIN" },
} as const;

/** "Server-level roles"; from 3 on, in the order of their ids. */
const fixedRoles = [
  "sysadmin",
  "securityadmin",
  "serveradmin",
  "setupadmin",
  "processadmin",
  "diskadmin",
  "dbcreator",
  "bulkadmin",
] as const;
const sysadminId = 3;
const firstLoginId = 267;
const firstCertificateLoginId = 900;

const isFixed = ({ id, kind }: Principal): boolean =>
  kind === "role" && id >= sysadminId && id < firstLoginId;

/** Everyone, whoever asks. */
export function allPrincipals({ logins, server }: CatalogContext): readonly Principal[] {
  const role = (id: number, name: string, owner: string): Principal => ({
    id,
    name,
    kind: "role",
    isDisabled: false,
    owner,
  });
  return [
    { id: 1, name: "sa", kind: "sql", isDisabled: true, owner: null },
    role(2, "public", "sa"),
    ...fixedRoles.map((name, index) => role(sysadminId + index, name, "sa")),
    ...logins.map((login, index): Principal => ({
      ...login,
      id: firstLoginId + index,
      owner: null,
    })),
    ...server.surroundings.certificatePrincipals
      .filter(({ kind }) => kind === "login")
      .map(({ principal, certificate }, index): Principal => ({
        id: firstCertificateLoginId + index,
        name: principal,
        kind: "certificate",
        certificate,
        isDisabled: false,
        owner: null,
      })),
    ...server.serverRoles.map(({ principalId, name, owner }) => role(principalId, name, owner)),
  ];
}

/** Without VIEW ANY DEFINITION a login sees itself, sa, the fixed roles and what is its own. */
function visiblePrincipals(context: CatalogContext): readonly Principal[] {
  const { login } = context.asker;
  return allPrincipals(context).filter(
    ({ id, name, owner }) =>
      context.seesDefinitions || id < firstLoginId || name === login || owner === login,
  );
}

export function sidOf({ sid, certificate, name }: Principal): Uint8Array {
  return sid ?? (certificate === undefined ? stableBytes(name, 16) : certificateSid(certificate));
}

function ownerId({ owner }: Principal, context: CatalogContext): number | null {
  if (owner === null) return null;
  return allPrincipals(context).find(({ name }) => sameName(name, owner))?.id ?? null;
}

export const serverPrincipals = defineView<Principal>({
  name: "sys.server_principals",
  access: "anyone",
  items: visiblePrincipals,
  cells: [
    ["name", sysname, (p) => p.name],
    ["principal_id", int, (p) => p.id],
    ["sid", varbinary(85), sidOf],
    ["type", varchar(1), (p) => types[p.kind].code],
    ["type_desc", description, (p) => types[p.kind].text],
    ["is_disabled", bit, (p) => p.isDisabled],
    ["create_date", datetime, (_, context) => localTime(context.server.startedMs, context)],
    ["modify_date", datetime, (_, context) => localTime(context.server.startedMs, context)],
    ["default_database_name", sysname, (p) => (p.kind === "role" ? null : "master")],
    ["default_language_name", sysname, (p) => (p.kind === "role" ? null : "us_english")],
    ["credential_id", int, () => null],
    ["owning_principal_id", int, ownerId],
    ["is_fixed_role", bit, isFixed],
  ],
});

/** Who is a member of which server role, by their ids. */
export interface Membership {
  readonly role: number;
  readonly member: number;
}

/** Every membership, whoever asks: sa and an asker from whom nothing is taken are sysadmin. */
export function membershipsOf(context: CatalogContext): readonly Membership[] {
  const { asker, isSysadmin, server } = context;
  const members = (role: number, names: readonly string[]): readonly Membership[] =>
    allPrincipals(context)
      .filter(({ kind, name }) => kind !== "role" && names.some((one) => sameName(one, name)))
      .map(({ id }) => ({ role, member: id }));
  return [
    ...members(sysadminId, isSysadmin ? ["sa", asker.login] : ["sa"]),
    ...server.serverRoles.flatMap((role) => members(role.principalId, role.members)),
  ];
}

export const serverRoleMembers = defineView<Membership>({
  name: "sys.server_role_members",
  access: "anyone",
  items: (context) => {
    const visible = new Set(visiblePrincipals(context).map(({ id }) => id));
    return membershipsOf(context).filter(
      ({ role, member }) => visible.has(role) && visible.has(member),
    );
  },
  cells: [
    ["role_principal_id", int, ({ role }) => role],
    ["member_principal_id", int, ({ member }) => member],
  ],
});
