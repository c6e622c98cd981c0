// Everything the help can explain, one shape for pages, checks and errors; put together from the tables the tool itself works by. Pure.
import { armErrorRows } from "../errors/azure-errors.ts";
import type { AzureErrorRow } from "../errors/azure-error-row.ts";
import { entraRows } from "../errors/entra-error-rows.ts";
import { sqlErrorRows } from "../errors/sql-errors.ts";
import type { Problem, ProblemClass } from "../errors/app-error.ts";
import { driverErrorRows } from "../errors/driver-errors.ts";
import { webErrorRows } from "../errors/web-errors.ts";
import { visibleText } from "../visible-text.ts";
import { pageNames } from "../ways/pages.ts";
import type { PageName } from "../ways/pages.ts";
import { checkHelp } from "./check-help.ts";
import { windowHelp, windowNames, wizardHelp } from "./page-help.ts";
import { sources } from "./sources.ts";

export type TopicKind = "page" | "check" | "error";

export interface Topic {
  /** `page:summary`, `window:main`, `check:roles`, `error:41190`. */
  readonly id: string;
  readonly kind: TopicKind;
  readonly title: string;
  /** What it checks or means. */
  readonly is: string;
  readonly matters: string;
  readonly act: string;
  /** Title of the document that says more. */
  readonly source: string;
}

/** What an error of that class means for the work. */
const classMatters: Readonly<Record<ProblemClass, string>> = {
  info: "It stands in the way of nothing.",
  wait: "It passes by itself; nothing is sent again meanwhile.",
  retry: "The same may be asked again; nothing was changed by it.",
  wrongSide: "It was asked of the side that cannot do it; nothing was changed by it.",
  block: "Nothing goes on before it is mended; nothing was changed by it.",
  ambiguous: "Whether it was done is not known: both sides are read, and nothing is sent again.",
  fatal: "The way ends here; what is there is read, and the report says it.",
};

/** Whoever it is about, in a sentence that is not about one server. */
function unfilled(sentence: string): string {
  return sentence
    .replaceAll("{server}", "the server")
    .replaceAll("{host}", "the address")
    .replaceAll("{what}", "what was asked for")
    .replaceAll("{action}", "do what this needs")
    .replace(/^./u, (first) => first.toUpperCase());
}

const sqlTopics = sqlErrorRows.map((row): Topic => ({
  id: `error:${String(row.numbers[0] ?? row.code)}`,
  kind: "error",
  title: `Msg ${row.numbers.join(", ")}`,
  is: unfilled(row.meaning),
  matters: classMatters[row.class],
  act: unfilled(row.remedy),
  source: sources.messages,
}));

function azureTopics(rows: readonly AzureErrorRow[], source: string): readonly Topic[] {
  return rows.map((row) => ({
    id: `error:${row.codes[0] ?? row.code}`,
    kind: "error",
    title: row.codes.length === 0 ? row.code : row.codes.join(", "),
    is: unfilled(row.meaning),
    matters: classMatters[row.class],
    act: unfilled(row.remedy),
    source,
  }));
}

/** Rows that are known by what the driver, Node or Chromium say. */
const signTopics = [...driverErrorRows, ...webErrorRows].map((row): Topic => ({
  id: `error:${row.code}`,
  kind: "error",
  title: row.signs.join(", "),
  is: unfilled(row.meaning),
  matters: classMatters[row.class],
  act: unfilled(row.remedy),
  source: sources.here,
}));

/** In the order of the window: pages, checks, errors. */
export function allTopics(pageTitles: Readonly<Record<PageName, string>>): readonly Topic[] {
  return [
    ...windowNames.map((name): Topic => {
      const { source, ...said } = windowHelp[name];
      return { ...said, id: `window:${name}`, kind: "page", source: sources[source] };
    }),
    ...pageNames.map((name): Topic => {
      const { source, ...said } = wizardHelp[name];
      const title = pageTitles[name];
      return { ...said, id: `page:${name}`, kind: "page", title, source: sources[source] };
    }),
    ...Object.entries(checkHelp).map(([check, { asks, source, ...said }]): Topic => ({
      ...said,
      id: `check:${check}`,
      kind: "check",
      is: asks,
      source: sources[source],
    })),
    ...sqlTopics,
    ...azureTopics(armErrorRows, sources.resources),
    ...azureTopics(entraRows, sources.entra),
    ...signTopics,
  ];
}

/** The explanation of any error: the id of its row in the tables, or the topic that it tells of itself. */
export function topicOf(problem: Problem): string | Topic {
  return rowTopic(problem) ?? ownTopic(problem);
}

function rowTopic({ code, sqlNumber }: Problem): string | undefined {
  const numbered = sqlErrorRows.find(
    ({ numbers }) => sqlNumber !== undefined && numbers.includes(sqlNumber),
  );
  const first = numbered?.numbers[0];
  if (first !== undefined) return `error:${String(first)}`;
  const coded = [...armErrorRows, ...entraRows].find((row) => row.code === code);
  if (coded !== undefined) return `error:${coded.codes[0] ?? code}`;
  return signTopics.find(({ id }) => id === `error:${code}`)?.id;
}

/** Its own sentences: they were written where it was thrown, and nowhere else. */
function ownTopic({ code, class: problemClass, summary, remedy }: Problem): Topic {
  return {
    id: `problem:${code}`,
    kind: "error",
    title: code,
    is: visibleText(summary),
    matters: classMatters[problemClass],
    act: visibleText(remedy),
    source: sources.here,
  };
}

/** Topics with every one of the words, in title or text, whatever their case; all of them where there is none. */
export function foundTopics(topics: readonly Topic[], words: string): readonly Topic[] {
  const wanted = words.toLowerCase().split(/\s+/u).filter(Boolean);
  return topics.filter((topic) => {
    const text = [topic.title, topic.is, topic.act, topic.id].join(" ").toLowerCase();
    return wanted.every((word) => text.includes(word));
  });
}
