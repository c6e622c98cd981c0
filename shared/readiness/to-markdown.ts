// A readiness assessment as Markdown, for the change record.
import type { Finding } from "../checks/finding.ts";
import type { ReportBlock } from "../report/blocks.ts";
import { list, table, text } from "../report/blocks.ts";
import { levelWords } from "../report/document.ts";
import { documentToMarkdown } from "../report/to-markdown.ts";
import type { ScriptFile } from "../script/script-file.ts";
import { utcWords } from "./words.ts";
import type { Assessment } from "./assess.ts";

/** `script`: the logins script saved beside it, where there is one. */
export function readinessToMarkdown(
  assessment: Assessment,
  script: Pick<ScriptFile, "fileName" | "server"> | undefined,
): string {
  const { environment, linkName, verdict, groups } = assessment;
  return documentToMarkdown({
    title: `${environment.toUpperCase()}: readiness of ${linkName}`,
    summary: verdict.sentence,
    sections: [
      { title: "What was asked", blocks: [list(asked(assessment))] },
      ...groups.map(({ title, findings }) => ({ title, blocks: [rows(findings)] })),
      {
        title: "Script",
        blocks: [
          text(
            script === undefined
              ? "No login is to be created."
              : `${script.fileName} creates the missing logins on ${script.server}, once their passwords are typed into it. Jobs, linked servers and credentials are not scripted.`,
          ),
        ],
      },
    ],
  });
}

function asked({ linkName, to, at, servers }: Assessment): readonly string[] {
  const from = to === "box" ? "instance" : "box";
  const clock = ({ name, serverTime }: Assessment["servers"]["box"]) =>
    `${name}: ${serverTime === null ? "its clock was not read" : `its clock said ${serverTime}`}`;
  return [
    `Link: ${linkName}`,
    `Planned failover: from ${servers[from].name} to ${servers[to].name}`,
    `At: ${utcWords(at)} by this computer's clock`,
    clock(servers.box),
    clock(servers.instance),
    "Nothing was changed. It says what both sides showed at that moment, and nothing of later.",
  ];
}

function rows(findings: readonly Finding[]): ReportBlock {
  return table(
    ["Server", "Result", "Finding", "What to do"],
    findings.map(({ server, level, summary, remedy }) => [
      server === "" ? "both" : server,
      levelWords[level],
      summary,
      remedy,
    ]),
  );
}
