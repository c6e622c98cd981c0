// An assessment: the verdict, then each group of findings with what is to be looked at first.
import type { Finding } from "../../shared/checks/finding.ts";
import type { Assessment, Verdict as Answer } from "../../shared/readiness/assess.ts";
import { utcWords } from "../../shared/readiness/words.ts";
import { visibleText } from "../../shared/visible-text.ts";
import { text } from "../text.ts";
import { ResultMark } from "../ui/result-mark.tsx";
import { withShortNames } from "../ui/short-names.ts";
import { Verdict } from "../ui/verdict.tsx";
import type { VerdictTone } from "../ui/verdict-tone.ts";
import { gravestFirst, passedLast, tallyOf } from "./group-order.ts";

const words = text.readiness;

const tones: Readonly<Record<Answer["kind"], VerdictTone>> = {
  ready: "ready",
  look: "attention",
  notReady: "attention",
};

export interface AssessmentViewProps {
  readonly assessment: Assessment;
  /** It is being read again, or that failed. */
  readonly isOld: boolean;
}

export function AssessmentView({ assessment, isOld }: AssessmentViewProps) {
  const { verdict, groups, servers, to, at } = assessment;
  const from = to === "box" ? "instance" : "box";
  const short = (sentence: string) => withShortNames(visibleText(sentence), servers.instance.name);
  const asked = words.asked(servers[from].name, servers[to].name, utcWords(at));
  return (
    <>
      <Verdict
        tone={tones[verdict.kind]}
        sentence={verdict.sentence}
        more={short(isOld ? `${asked} ${words.old}` : asked)}
      />
      <div className="assessment" role="region" aria-label={words.findings} tabIndex={0}>
        {passedLast(groups).map(({ title, findings }) => (
          <section key={title} className="group" aria-label={title}>
            <h4>
              {title} <span className="quiet">{tallyOf(findings)}</span>
            </h4>
            <ul className="sentences">
              {gravestFirst(findings).map((finding) => (
                <FindingRow key={keyOf(finding)} finding={finding} short={short} />
              ))}
            </ul>
          </section>
        ))}
      </div>
    </>
  );
}

interface FindingRowProps {
  readonly finding: Finding;
  readonly short: (sentence: string) => string;
}

function FindingRow({ finding, short }: FindingRowProps) {
  const { level, summary, remedy } = finding;
  return (
    <li>
      <ResultMark level={level}>{short(summary)}</ResultMark>
      {remedy === "" ? null : <p className="finding-remedy">{short(remedy)}</p>}
    </li>
  );
}

function keyOf({ check, server, summary, remedy }: Finding): string {
  return JSON.stringify([check, server, summary, remedy]);
}
