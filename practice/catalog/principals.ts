// sys.server_principals and sys.server_role_members: the logins, and who is sysadmin.
import type { CatalogContext, ServerLogin } from "./context.ts";
import { stableBytes } from "./stable-id.ts";
import { localTime } from "./local-time.ts";
import { bit, datetime, description, int, sysname, varbinary, varchar } from "./types.ts";
import { defineView } from "./view.ts";

interface Principal {
  readonly id: number;
  readonly name: string;
  readonly kind: ServerLogin["kind"] | "role";
  readonly isDisabled: boolean;
}

const types = {
  sql: { code: "S", text: "SQL_LOGIN" },
  external: { code: "E", text: "EXTERNAL_LOGIN" },
  role: { code: "R", text: "SERVER_ROLE" },
} as const;

const sysadminId = 3;
const firstLoginId = 267;

function principals({ logins }: CatalogContext): Principal[] {
  const fixed: Principal[] = [
    { id: 1, name: "sa", kind: "sql", isDisabled: true },
    { id: 2, name: "public", kind: "role", isDisabled: false },
    { id: sysadminId, name: "sysadmin", kind: "role", isDisabled: false },
  ];
  return [
    ...fixed,
    ...logins.map((login, index): Principal => ({
      ...login,
      id: firstLoginId + index,
    })),
  ];
}

/** Without VIEW ANY DEFINITION a login sees itself, sa and the fixed roles. */
function visiblePrincipals(context: CatalogContext): Principal[] {
  return principals(context).filter(
    (principal) =>
      context.seesDefinitions ||
      principal.id < firstLoginId ||
      principal.name === context.asker.login,
  );
}

export const serverPrincipals = defineView<Principal>({
  name: "sys.server_principals",
  access: "anyone",
  items: visiblePrincipals,
  cells: [
    ["name", sysname, (p) => p.name],
    ["principal_id", int, (p) => p.id],
    ["sid", varbinary(85), (p) => stableBytes(p.name, 16)],
    ["type", varchar(1), (p) => types[p.kind].code],
    ["type_desc", description, (p) => types[p.kind].text],
    ["is_disabled", bit, (p) => p.isDisabled],
    ["create_date", datetime, (_, context) => localTime(context.server.startedMs, context)],
    ["modify_date", datetime, (_, context) => localTime(context.server.startedMs, context)],
    ["default_database_name", sysname, (p) => (p.kind === "role" ? null : "master")],
    ["default_language_name", sysname, (p) => (p.kind === "role" ? null : "us_english")],
    ["credential_id", int, () => null],
    ["owning_principal_id", int, (p) => (p.kind === "role" ? 1 : null)],
    ["is_fixed_role", bit, (p) => p.kind === "role" && p.id === sysadminId],
  ],
});

export const serverRoleMembers = defineView<Principal>({
  name: "sys.server_role_members",
  access: "anyone",
  items: (context) =>
    visiblePrincipals(context).filter(
      (principal) =>
        principal.id === 1 || (context.isSysadmin && principal.name === context.asker.login),
    ),
  cells: [
    ["role_principal_id", int, () => sysadminId],
    ["member_principal_id", int, (p) => p.id],
  ],
});
