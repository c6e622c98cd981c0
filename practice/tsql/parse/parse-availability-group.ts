// ALTER AVAILABILITY GROUP, strictly: an option or value the server does not know is a syntax error.
import { notImplementedStatement } from "../errors.ts";
import type { MemberOptions, OptionMap, ServerStatement } from "../host.ts";
import type { Statement } from "./ast.ts";
import type { ParserState } from "./parser-state.ts";

/** What an option takes: one of these words, a whole number, a string, or options of its own. */
type Domain = readonly string[] | "integer" | "text" | { readonly nested: Domains };
interface Domains {
  readonly [option: string]: Domain;
}

const setOptions: Domains = {
  ROLE: ["SECONDARY"],
  REQUIRED_SYNCHRONIZED_SECONDARIES_TO_COMMIT: "integer",
  AUTOMATED_BACKUP_PREFERENCE: ["PRIMARY", "SECONDARY_ONLY", "SECONDARY", "NONE"],
  FAILURE_CONDITION_LEVEL: "integer",
  HEALTH_CHECK_TIMEOUT: "integer",
  DB_FAILOVER: ["ON", "OFF"],
  DTC_SUPPORT: ["PER_DB", "NONE"],
};
const groupOptions: Domains = {
  LISTENER: "text",
  AVAILABILITY_MODE: ["SYNCHRONOUS_COMMIT", "ASYNCHRONOUS_COMMIT"],
  SEEDING_MODE: ["AUTOMATIC", "MANUAL"],
  FAILOVER_MODE: ["MANUAL"],
};
const replicaOptions: Domains = {
  ENDPOINT_URL: "text",
  AVAILABILITY_MODE: ["SYNCHRONOUS_COMMIT", "ASYNCHRONOUS_COMMIT", "CONFIGURATION_ONLY"],
  FAILOVER_MODE: ["AUTOMATIC", "MANUAL", "EXTERNAL"],
  SEEDING_MODE: ["AUTOMATIC", "MANUAL"],
  BACKUP_PRIORITY: "integer",
  SESSION_TIMEOUT: "integer",
  SECONDARY_ROLE: {
    nested: { ALLOW_CONNECTIONS: ["NO", "READ_ONLY", "ALL"], READ_ONLY_ROUTING_URL: "text" },
  },
  PRIMARY_ROLE: {
    nested: { ALLOW_CONNECTIONS: ["READ_WRITE", "ALL"], READ_WRITE_ROUTING_URL: "text" },
  },
};

const refused = ["JOIN", "GRANT", "DENY", "ADD", "REMOVE", "OFFLINE"] as const;

/** Behind ALTER AVAILABILITY GROUP ("ALTER AVAILABILITY GROUP (Transact-SQL)"). */
export function parseAlterAvailabilityGroup(state: ParserState, line: number): Statement {
  const { cursor } = state;
  const group = cursor.name();
  return {
    kind: "server",
    line,
    verb: "ALTER AVAILABILITY GROUP",
    statement: parseAction(state, group),
  };
}

function parseAction(state: ParserState, group: string): ServerStatement {
  const { cursor } = state;
  if (cursor.take("FAILOVER")) return { kind: "availabilityGroupFailover", group };
  if (cursor.take("FORCE_FAILOVER_ALLOW_DATA_LOSS")) {
    return { kind: "availabilityGroupForceFailover", group };
  }
  if (cursor.take("SET")) {
    return { kind: "availabilityGroupSet", group, options: parseOptions(state, setOptions) };
  }
  const action = refused.find((word) => cursor.is(word));
  if (action !== undefined) {
    throw notImplementedStatement(`ALTER AVAILABILITY GROUP ... ${action}`, cursor.peek().line);
  }
  cursor.need("MODIFY");
  if (cursor.take("AVAILABILITY", "GROUP", "ON")) {
    return {
      kind: "availabilityGroupModifyGroups",
      group,
      members: parseMembers(state, groupOptions),
    };
  }
  cursor.need("REPLICA", "ON");
  return {
    kind: "availabilityGroupModifyReplica",
    group,
    members: parseMembers(state, replicaOptions),
  };
}

function parseMembers(state: ParserState, domains: Domains): MemberOptions[] {
  const { cursor } = state;
  return cursor.list(() => {
    const name = cursor.string();
    cursor.need("WITH");
    return { name, options: parseOptions(state, domains) };
  });
}

function parseOptions(state: ParserState, domains: Domains): OptionMap {
  const { cursor } = state;
  return new Map(cursor.bracketed(() => cursor.list(() => parseOption(state, domains))).flat());
}

function parseOption(state: ParserState, domains: Domains): [string, string][] {
  const { cursor } = state;
  const name = cursor.peek().upper;
  const domain = Object.hasOwn(domains, name) ? domains[name] : undefined;
  if (domain === undefined) throw cursor.error();
  cursor.next();
  if (typeof domain === "object" && "nested" in domain) {
    const inner = parseOptions(state, domain.nested);
    return [...inner].map(([key, value]) => [`${name}.${key}`, value]);
  }
  cursor.need("=");
  return [[name, parseValue(state, domain)]];
}

function parseValue(state: ParserState, domain: Exclude<Domain, { nested: Domains }>): string {
  const { cursor } = state;
  if (domain === "integer") return String(cursor.integer());
  if (domain === "text") return cursor.string();
  if (!domain.includes(cursor.peek().upper)) throw cursor.error();
  return cursor.word();
}
