// CREATE, ALTER and DROP of what the practice estate lets be changed: groups, databases, logins, server roles; and KILL.
import { notImplementedOption, notImplementedStatement, syntaxError } from "../errors.ts";
import type { ServerStatement } from "../host.ts";
import type { Statement } from "./ast.ts";
import { parseAlterAvailabilityGroup } from "./parse-availability-group.ts";
import type { ParserState } from "./parser-state.ts";

/** Behind ALTER. */
export function parseAlter(state: ParserState, line: number): Statement {
  const { cursor } = state;
  if (cursor.take("AVAILABILITY", "GROUP")) return parseAlterAvailabilityGroup(state, line);
  if (cursor.take("DATABASE")) return parseAlterDatabase(state, line);
  if (cursor.take("LOGIN")) return parseAlterLogin(state, line);
  if (cursor.take("SERVER", "ROLE")) return parseAlterServerRole(state, line);
  throw notImplementedStatement(`ALTER ${cursor.peek().text.toUpperCase()}`, line);
}

const server = (line: number, verb: string, statement: ServerStatement): Statement => ({
  kind: "server",
  line,
  verb,
  statement,
});

/** Behind CREATE: a login, a credential, or a server role, which belongs to who makes it. */
export function parseCreate(state: ParserState, line: number): Statement {
  const { cursor } = state;
  if (cursor.take("CREDENTIAL")) return parseCreateCredential(state, line);
  if (cursor.take("LOGIN")) return parseCreateLogin(state, line);
  if (!cursor.take("SERVER", "ROLE")) {
    throw notImplementedStatement(`CREATE ${cursor.peek().text.toUpperCase()}`, line);
  }
  const role = cursor.name();
  if (cursor.is("AUTHORIZATION")) throw notImplementedOption("AUTHORIZATION", line);
  return server(line, "CREATE SERVER ROLE", { kind: "createServerRole", role });
}

/** WITH IDENTITY = '...' [, SECRET = '...']: literals alone, as on the server. */
function parseCreateCredential(state: ParserState, line: number): Statement {
  const { cursor } = state;
  const name = cursor.name();
  cursor.need("WITH", "IDENTITY", "=");
  const identity = cursor.string();
  const hasSecret = cursor.take(",", "SECRET", "=");
  const secret = hasSecret ? cursor.string() : null;
  return server(line, "CREATE CREDENTIAL", { kind: "createCredential", name, identity, secret });
}

/** WITH PASSWORD = '...' [, SID = 0x...], or FROM EXTERNAL PROVIDER. */
function parseCreateLogin(state: ParserState, line: number): Statement {
  const { cursor } = state;
  const login = cursor.name();
  if (cursor.take("FROM")) {
    if (!cursor.take("EXTERNAL", "PROVIDER")) throw notImplementedOption("FROM", line);
    return server(line, "CREATE LOGIN", {
      kind: "createLogin",
      login,
      from: "external",
      sid: null,
    });
  }
  cursor.need("WITH", "PASSWORD", "=");
  const password = cursor.string();
  if (password === "") throw notImplementedOption("an empty PASSWORD", line);
  const sid = cursor.take(",", "SID", "=") ? sidLiteral(state) : null;
  if (!cursor.atStatementEnd) throw notImplementedOption(cursor.peek().text.toUpperCase(), line);
  return server(line, "CREATE LOGIN", { kind: "createLogin", login, from: "sql", sid });
}

function sidLiteral({ cursor }: ParserState): string {
  if (!cursor.isKind("binary")) throw cursor.error();
  return `0x${cursor.next().text.replace(/^0x/iu, "").toUpperCase()}`;
}

/** Behind DROP. */
export function parseDrop(state: ParserState, line: number): Statement {
  const { cursor } = state;
  if (cursor.take("CREDENTIAL")) {
    return server(line, "DROP CREDENTIAL", { kind: "dropCredential", name: cursor.name() });
  }
  if (cursor.take("DATABASE")) {
    return server(line, "DROP DATABASE", { kind: "dropDatabase", database: cursor.name() });
  }
  if (cursor.take("LOGIN")) {
    return server(line, "DROP LOGIN", { kind: "dropLogin", login: cursor.name() });
  }
  if (cursor.take("SERVER", "ROLE")) {
    return server(line, "DROP SERVER ROLE", { kind: "dropServerRole", role: cursor.name() });
  }
  if (cursor.take("ENDPOINT")) {
    return server(line, "DROP ENDPOINT", { kind: "dropEndpoint", endpoint: cursor.name() });
  }
  if (cursor.take("CERTIFICATE")) {
    const certificate = cursor.name();
    return server(line, "DROP CERTIFICATE", { kind: "dropCertificate", certificate });
  }
  if (!cursor.take("AVAILABILITY", "GROUP")) {
    throw notImplementedStatement(`DROP ${cursor.peek().text.toUpperCase()}`, line);
  }
  return server(line, "DROP AVAILABILITY GROUP", {
    kind: "dropAvailabilityGroup",
    group: cursor.name(),
  });
}

function parseAlterDatabase(state: ParserState, line: number): Statement {
  const { cursor } = state;
  const database = cursor.take("CURRENT") ? "" : cursor.name();
  if (cursor.take("MODIFY", "NAME", "=")) {
    const name = cursor.name();
    return server(line, "ALTER DATABASE", { kind: "renameDatabase", database, name });
  }
  if (!cursor.take("SET"))
    throw notImplementedStatement(`ALTER DATABASE ... ${cursor.peek().text.toUpperCase()}`, line);
  if (!cursor.take("HADR")) {
    return server(line, "ALTER DATABASE", {
      kind: "databaseSet",
      database,
      words: parseWords(state),
    });
  }
  const action = (["RESUME", "SUSPEND", "OFF"] as const).find((word) => cursor.take(word));
  if (action === undefined) throw cursor.error();
  return server(line, "ALTER DATABASE", { kind: "databaseSetHadr", database, action });
}

/** The words behind SET up to the end of the statement; ROLLBACK and WITH belong to it. */
function parseWords(state: ParserState): string[] {
  const { cursor } = state;
  const words: string[] = [];
  const continues = () =>
    !cursor.atStatementEnd ||
    cursor.is("WITH") ||
    (words.at(-1) === "WITH" && cursor.is("ROLLBACK"));
  while (continues()) {
    const token = cursor.next();
    words.push(token.upper === "" ? token.text : token.upper);
  }
  if (words.length === 0) throw cursor.error();
  return words;
}

function parseAlterLogin(state: ParserState, line: number): Statement {
  const { cursor } = state;
  const login = cursor.name();
  const action = (["ENABLE", "DISABLE"] as const).find((word) => cursor.take(word));
  if (action === undefined) throw notImplementedStatement("ALTER LOGIN ... WITH", line);
  return server(line, "ALTER LOGIN", { kind: "alterLogin", login, action });
}

function parseAlterServerRole(state: ParserState, line: number): Statement {
  const { cursor } = state;
  const role = cursor.name();
  const action = (["ADD", "DROP"] as const).find((word) => cursor.take(word, "MEMBER"));
  if (action === undefined) throw notImplementedStatement("ALTER SERVER ROLE ... WITH", line);
  const member = cursor.name();
  return server(line, "ALTER SERVER ROLE", { kind: "alterServerRole", role, action, member });
}

/** Behind KILL: a session id, which cannot be a variable, and WITH STATUSONLY. */
export function parseKill(state: ParserState, line: number): Statement {
  const { cursor } = state;
  if (!cursor.isKind("number")) throw syntaxError(cursor.peek().text, cursor.peek().line);
  const sessionId = cursor.integer();
  const statusOnly = cursor.take("WITH", "STATUSONLY");
  return server(line, "KILL", { kind: "kill", sessionId, statusOnly });
}
