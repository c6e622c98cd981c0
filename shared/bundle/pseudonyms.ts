// Names and addresses replaced by stand-ins: the same name by the same stand-in, in every text. Pure.

import type { KnownName } from "../log/entry.ts";

type NameKind = KnownName["kind"];

export interface Pseudonyms {
  readonly apply: (text: string) => string;
  /** How many different names it stands for so far. */
  readonly count: () => number;
}

/** Shorter ones stand inside too many other words. */
const leastLength = 2;

/** Not names: replacing them would make nonsense of every file and hide nothing. */
const common = new Set([
  "master",
  "msdb",
  "tempdb",
  "model",
  "sa",
  "dbo",
  "null",
  "unknown",
  "both",
  "local",
]);

/**
 * `known`: names that the product itself can tell, most telling first; a part of a host's name is a name too. Addresses are
 * found by their shape, also where nobody knew them.
 */
export function pseudonymsFor(known: readonly KnownName[]): Pseudonyms {
  const standIns = new Map<string, string>();
  const counts = new Map<NameKind, number>();
  const standInOf = (name: string, kind: NameKind): string => {
    const key = keyOf(name);
    const found = standIns.get(key);
    if (found !== undefined) return found;
    const count = (counts.get(kind) ?? 0) + 1;
    counts.set(kind, count);
    const made = `${kind}-${String(count)}`;
    standIns.set(key, made);
    return made;
  };
  const names = known
    .flatMap(withParts)
    .filter(({ name }) => name.length >= leastLength && !common.has(name.toLowerCase()));
  for (const { name, kind } of names) standInOf(name, kind);
  const byLength = [...new Set(names.map(({ name }) => name))].sort((a, b) => b.length - a.length);
  // A name stands where no letter, digit or underscore of another word is beside it.
  const sign =
    byLength.length === 0
      ? undefined
      : new RegExp(
          `(?<![\\p{L}\\p{N}_])(?:${byLength.map(spelling).join("|")})(?![\\p{L}\\p{N}_])`,
          "giu",
        );
  return {
    apply(text) {
      const named =
        sign === undefined
          ? text
          : text.replace(sign, (found) => standIns.get(keyOf(found)) ?? "name");
      return shapes.reduce(
        (rest, { shape, kind }) => rest.replace(shape, (found) => standInOf(found, kind)),
        named,
      );
    },
    count: () => standIns.size,
  };
}

/** As text, JSON, T-SQL and Markdown spell it: a backslash before a sign or doubled, a quote or a bracket doubled. */
function spelling(name: string): string {
  return Array.from(name)
    .map((sign) => {
      if (/[\p{L}\p{N}]/u.test(sign)) return sign;
      if (sign === "\\") return "\\\\{1,4}";
      const plain = sign.replace(/[.*+?^${}()|[\]\\/]/u, "\\$&");
      return `\\\\{0,2}${plain}${sign === "'" || sign === "]" ? "{1,2}" : ""}`;
    })
    .join("");
}

/** The same for every spelling of one name. */
function keyOf(spelled: string): string {
  return spelled.replaceAll("\\", "").replaceAll("''", "'").replaceAll("]]", "]").toLowerCase();
}

/** `SQLBOX01\\INST` and `sqlmi1.zone.database.windows.net` are known by their first part too. */
function withParts({ name, kind }: KnownName): readonly KnownName[] {
  const parts =
    kind === "server" || kind === "host" || kind === "address"
      ? name.split(/[\\,.:]/u)
      : name.split("\\");
  const first = parts[0] ?? "";
  const last = kind === "login" || kind === "user" ? (parts.at(-1) ?? "") : "";
  return [
    { name, kind },
    ...[first, last]
      .filter((part) => part !== "" && part !== name && !/^\d+$/u.test(part))
      .map((part) => ({ name: part, kind })),
  ];
}

const shapes: readonly { readonly shape: RegExp; readonly kind: NameKind }[] = [
  { shape: /\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+\b/gu, kind: "user" },
  {
    shape:
      /\b[\w-]+(?:\.[\w-]+)*\.(?:windows\.net|azure\.com|usgovcloudapi\.net|chinacloudapi\.cn|invalid|local|lan|corp)\b/giu,
    kind: "host",
  },
  { shape: /(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.])/gu, kind: "address" },
  { shape: /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/giu, kind: "id" },
];
