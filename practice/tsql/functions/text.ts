// Built-in functions on text.
import { decodeCodePage, encodeCodePage } from "../../tds/types/code-page.ts";
import type { StaticType } from "../types/static-type.ts";
import { addLengths, int, isNational, isText, nvarchar, varchar } from "../types/static-type.ts";
import type { BuiltIn, Present } from "./define.ts";
import { scalar } from "./define.ts";
import { formatMessage } from "./format-message.ts";

/** Same family as the first argument, as long as it. */
const likeFirst = ([type]: readonly StaticType[]): StaticType =>
  type !== undefined && isText(type)
    ? isNational(type)
      ? nvarchar(type.length)
      : varchar(type.length)
    : nvarchar(4000);
/** Same family as the first argument, as long as can be. */
const longFirst = ([type]: readonly StaticType[]): StaticType =>
  type !== undefined && isNational(type) ? nvarchar(4000) : varchar(8000);

const escapeRegExp = (text: string): string =>
  text.replaceAll(/[\\^$.*+?()[\]{}|]/gu, String.raw`\$&`);

function quoteName(text: string, delimiter: string): string | null {
  const pairs: Readonly<Record<string, string>> = {
    "[": "[]",
    "]": "[]",
    "'": "''",
    '"': '""',
    "(": "()",
    ")": "()",
    "<": "<>",
    ">": "<>",
    "{": "{}",
    "}": "{}",
    "`": "``",
  };
  const pair = pairs[delimiter];
  if (text.length > 128 || pair === undefined) return null;
  const [open = "", close = ""] = pair;
  return open + text.replaceAll(close, close + close) + close;
}

/** The part of a dotted name, counted from the right; quoted parts lose their quotes. NULL for no such part. */
function parseName(text: string, part: number): string | null {
  const form = /\[((?:[^\]]|\]\])*)\]|"((?:[^"]|"")*)"|([^.[\]"]*)/uy;
  const parts: string[] = [];
  for (let index = 0; index <= text.length; index = form.lastIndex + 1) {
    form.lastIndex = index;
    const found = form.exec(text);
    if (found === null) return null;
    const [, bracketed, quoted, plain = ""] = found;
    parts.push(bracketed?.replaceAll("]]", "]") ?? quoted?.replaceAll('""', '"') ?? plain);
    if (form.lastIndex < text.length && text.charAt(form.lastIndex) !== ".") return null;
  }
  const name = parts.length > 4 ? undefined : parts.at(-part);
  return name === undefined || name === "" ? null : name;
}

/** SUBSTRING counts from 1 and may begin before the text. */
function substring(text: Present, start: number, length: number): Present {
  const [from, to] = [Math.max(0, start - 1), Math.max(0, start - 1 + length)];
  return text instanceof Uint8Array ? text.slice(from, to) : String(text).slice(from, to);
}

function charIndex(find: string, text: string, start: number): number {
  const from = Math.max(0, start - 1);
  return find === "" ? 0 : text.toLowerCase().indexOf(find.toLowerCase(), from) + 1;
}

const trim = (pattern: RegExp): BuiltIn =>
  scalar({ takes: ["text"], gives: likeFirst, run: ([text]) => String(text).replace(pattern, "") });
const codeUnits = (value: Present, from: number, to?: number): string =>
  String(value).slice(from, to);

/** CONCAT reads NULL as an empty text. */
const concat: BuiltIn = (args, binder, name) => {
  const gives = (types: readonly StaticType[]) =>
    types.reduce((sum, type) => addLengths(sum, type), varchar(0));
  const run = (values: readonly (Present | null)[]) => values.map((value) => value ?? "").join("");
  return scalar({ takes: args.map(() => "text" as const), gives, seesNull: true, run })(
    args,
    binder,
    name,
  );
};

export const textFunctions: Readonly<Record<string, BuiltIn>> = {
  ASCII: scalar({
    takes: ["text"],
    gives: int,
    run: ([text]) => encodeCodePage(String(text))[0] ?? null,
  }),
  CHAR: scalar({
    takes: [int],
    gives: varchar(1),
    run: ([code]) =>
      Number(code) < 0 || Number(code) > 255 ? null : decodeCodePage(Uint8Array.of(Number(code))),
  }),
  CHARINDEX: scalar({
    takes: ["text", "text", int],
    required: 2,
    gives: int,
    run: ([find, text, start]) => charIndex(String(find), String(text), Number(start ?? 1)),
  }),
  CONCAT: concat,
  FORMATMESSAGE: (args, binder, name) =>
    scalar({
      takes: args.map((_, index) => (index === 0 ? ("text" as const) : ("any" as const))),
      gives: nvarchar(2047),
      seesNull: true,
      run: ([format, ...values]) => formatMessage(String(format ?? ""), values),
    })(args, binder, name),
  LEFT: scalar({
    takes: ["text", int],
    gives: likeFirst,
    run: ([text, count]) => codeUnits(text ?? "", 0, Math.max(0, Number(count))),
  }),
  LEN: scalar({
    takes: ["text"],
    gives: int,
    run: ([text]) => String(text).replace(/ +$/u, "").length,
  }),
  LOWER: scalar({ takes: ["text"], gives: likeFirst, run: ([text]) => String(text).toLowerCase() }),
  LTRIM: trim(/^ +/u),
  NCHAR: scalar({
    takes: [int],
    gives: nvarchar(2),
    run: ([code]) => String.fromCodePoint(Number(code)),
  }),
  PARSENAME: scalar({
    takes: ["text", int],
    gives: nvarchar(128),
    run: ([text, part]) => parseName(String(text), Number(part)),
  }),
  QUOTENAME: scalar({
    takes: [nvarchar(4000), nvarchar(1)],
    required: 1,
    gives: nvarchar(258),
    run: ([text, delimiter = "["]) => quoteName(String(text), String(delimiter).slice(0, 1)),
  }),
  REPLACE: scalar({
    takes: ["text", "text", "text"],
    gives: longFirst,
    run: ([text, find, by]) =>
      find === ""
        ? String(text)
        : String(text).replaceAll(new RegExp(escapeRegExp(String(find)), "giu"), () => String(by)),
  }),
  REPLICATE: scalar({
    takes: ["text", int],
    gives: longFirst,
    run: ([text, count]) =>
      Number(count) < 0 ? null : String(text).repeat(Number(count)).slice(0, 8000),
  }),
  REVERSE: scalar({
    takes: ["text"],
    gives: likeFirst,
    run: ([text]) => Array.from(String(text)).reverse().join(""),
  }),
  RIGHT: scalar({
    takes: ["text", int],
    gives: likeFirst,
    run: ([text, count]) =>
      codeUnits(text ?? "", Math.max(0, String(text).length - Math.max(0, Number(count)))),
  }),
  RTRIM: trim(/ +$/u),
  SPACE: scalar({
    takes: [int],
    gives: varchar(8000),
    run: ([count]) => (Number(count) < 0 ? null : " ".repeat(Number(count))),
  }),
  STUFF: scalar({
    takes: ["text", int, int, "text"],
    gives: longFirst,
    run: ([text, start, length, by]) => {
      const [whole, at, count] = [String(text), Number(start), Number(length)];
      if (at < 1 || at > whole.length || count < 0) return null;
      return whole.slice(0, at - 1) + String(by) + whole.slice(at - 1 + count);
    },
  }),
  SUBSTRING: scalar({
    takes: ["any", int, int],
    gives: ([type]) => (type === undefined ? varchar(8000) : type),
    run: ([text, start, length]) => substring(text ?? "", Number(start), Number(length)),
  }),
  TRIM: trim(/^ +| +$/gu),
  UNICODE: scalar({
    takes: ["text"],
    gives: int,
    run: ([text]) => String(text).codePointAt(0) ?? null,
  }),
  UPPER: scalar({ takes: ["text"], gives: likeFirst, run: ([text]) => String(text).toUpperCase() }),
};
