// BACKUP LOG, BACKUP DATABASE, RESTORE DATABASE and the RESTORE statements that only read.
import { SqlError } from "../../sql-types.ts";
import { notImplementedStatement } from "../errors.ts";
import type { Backup, Expression, Statement } from "./ast.ts";
import type { ParserState } from "./parser-state.ts";
import { parseConstantOrVariable } from "./parser-state.ts";

type Option = Backup["options"][number];

/** Options without a value, with a value, and with either ("BACKUP (Transact-SQL)", "RESTORE Arguments"). */
const plain: ReadonlySet<string> = new Set(
  (
    "CHECKSUM NO_CHECKSUM COMPRESSION NO_COMPRESSION COPY_ONLY CONTINUE_AFTER_ERROR STOP_ON_ERROR DIFFERENTIAL " +
    "FORMAT NOFORMAT INIT NOINIT SKIP NOSKIP REWIND NOREWIND UNLOAD NOUNLOAD NO_TRUNCATE NORECOVERY RECOVERY REPLACE STATS LOADHISTORY"
  ).split(" "),
);
const valued: ReadonlySet<string> = new Set(
  "NAME DESCRIPTION MEDIANAME MEDIADESCRIPTION EXPIREDATE RETAINDAYS STATS BLOCKSIZE BUFFERCOUNT MAXTRANSFERSIZE FILE CREDENTIAL STANDBY".split(
    " ",
  ),
);

/** Behind BACKUP. */
export function parseBackup(state: ParserState, line: number): Statement {
  const { cursor } = state;
  const what = cursor.take("LOG") ? "LOG" : "DATABASE";
  if (what === "DATABASE") {
    if (!cursor.is("DATABASE")) throw notImplementedStatement(`BACKUP ${cursor.peek().text}`, line);
    cursor.need("DATABASE");
  }
  const database = parseDatabase(state);
  cursor.need("TO");
  const media = cursor.list(() => parseMedium(state));
  return { kind: "backup", line, backup: { what, database, media, options: parseOptions(state) } };
}

/** Behind RESTORE: a database, or what reads without changing anything. */
export function parseRestore(state: ParserState, line: number): Statement {
  const { cursor } = state;
  if (cursor.take("DATABASE")) return parseRestoreDatabase(state, line);
  const what = (["VERIFYONLY", "HEADERONLY", "FILELISTONLY"] as const).find((word) =>
    cursor.take(word),
  );
  if (what === undefined) throw notImplementedStatement(`RESTORE ${cursor.peek().text}`, line);
  cursor.need("FROM");
  const media = cursor.list(() => parseMedium(state));
  const database: Expression = {
    kind: "literal",
    value: "",
    type: { name: "nvarchar", length: 1 },
  };
  return { kind: "backup", line, backup: { what, database, media, options: parseOptions(state) } };
}

/** RESTORE DATABASE name FROM media WITH MOVE 'a' TO 'b', ...: MOVE stands among the options. */
function parseRestoreDatabase(state: ParserState, line: number): Statement {
  const { cursor } = state;
  const database = parseDatabase(state);
  const media = cursor.take("FROM") ? cursor.list(() => parseMedium(state)) : [];
  const moves: { readonly file: Expression; readonly to: Expression }[] = [];
  const options: Option[] = [];
  const parseOne = (): void => {
    if (!cursor.take("MOVE")) {
      options.push(parseOption(state));
      return;
    }
    const file = parseConstantOrVariable(state);
    cursor.need("TO");
    moves.push({ file, to: parseConstantOrVariable(state) });
  };
  if (cursor.take("WITH")) cursor.list(parseOne);
  return { kind: "backup", line, backup: { what: "RESTORE", database, media, options, moves } };
}

function parseDatabase(state: ParserState): Expression {
  if (state.cursor.isKind("variable")) return parseConstantOrVariable(state);
  return { kind: "literal", value: state.cursor.name(), type: { name: "nvarchar", length: 128 } };
}

function parseMedium(state: ParserState): Backup["media"][number] {
  const { cursor } = state;
  const kind = cursor.word();
  if (kind !== "DISK" && kind !== "URL")
    throw notImplementedStatement(`BACKUP TO ${kind}`, cursor.peek().line);
  cursor.need("=");
  return { kind, path: parseConstantOrVariable(state) };
}

function parseOptions(state: ParserState): readonly Option[] {
  const { cursor } = state;
  return cursor.take("WITH") ? cursor.list(() => parseOption(state)) : [];
}

function parseOption(state: ParserState): Option {
  const { cursor } = state;
  const { text, line } = cursor.peek();
  const name = cursor.word();
  if (valued.has(name) && cursor.take("=")) return { name, value: parseConstantOrVariable(state) };
  if (plain.has(name)) return { name };
  throw new SqlError(155, `'${text}' is not a recognized BACKUP option.`, { severity: 15, line });
}
