// One line of the program's own log, and what is taken out of it before it is written. Pure.
import { z } from "zod";

const nameKinds = [
  "server",
  "database",
  "link",
  "group",
  "login",
  "host",
  "address",
  "user",
  "id",
] as const;

/** A name that somebody can be known by, and what it belongs to. */
export const knownName = z.strictObject({ name: z.string(), kind: z.enum(nameKinds) });
export type KnownName = Readonly<z.output<typeof knownName>>;

export const logLevels = ["info", "warning", "error"] as const;
export type LogLevel = (typeof logLevels)[number];

export const logEntry = z.strictObject({
  /** ISO 8601 UTC. */
  at: z.string(),
  level: z.enum(logLevels),
  /** What it is about: `start`, `connection`, `request`, `run`. */
  area: z.string(),
  words: z.string(),
  /** Names that stand in the words, so that a support bundle can replace them. */
  names: z.array(knownName).optional(),
});

export type LogEntry = Readonly<z.output<typeof logEntry>>;

/** Longer words are cut: a log is no place for a whole answer. */
const mostLength = 2_000;

const hidden = "[hidden]";
const masks: readonly (readonly [RegExp, string])[] = [
  // T-SQL and connection strings: what stands behind a word that names a secret, quoted or not.
  [
    /\b(password|pwd|secret|client_secret|identity_token|access_token|refresh_token)(\s*[=:]\s*|"\s*:\s*)(N?'(?:[^']|'')*'|"[^"]*"|[^\s;,&}]+)/giu,
    `$1$2${hidden}`,
  ],
  // Shared access signatures, authorization headers and tokens on their own.
  [/\b(sig)=[^&\s"']+/giu, `$1=${hidden}`],
  [/\b(bearer|basic)\s+[\w.~+/=-]{8,}/giu, `$1 ${hidden}`],
  [/\beyJ[\w-]+\.[\w-]+(?:\.[\w-]*)?/gu, hidden],
];

/** Words as they may be written down: what a server or a driver says can hold what was sent to it. */
export function withoutSecrets(words: string): string {
  return masked(words).slice(0, mostLength);
}

/** The same for a whole file. */
export function masked(text: string): string {
  return masks.reduce((rest, [sign, by]) => rest.replace(sign, by), text);
}
