// The plan as files to run: T-SQL for each server, PowerShell and bash for the whole; to read, copy and save.
import { Button, Spinner } from "@fluentui/react-components";
import { CopyRegular, SaveRegular } from "@fluentui/react-icons";
import { useEffect, useRef, useState } from "react";
import type { Answer, RequestOutput } from "../../shared/ipc.ts";
import { visibleText } from "../../shared/visible-text.ts";
import { ask } from "../api.ts";
import { text } from "../text.ts";
import { AppDialog } from "../ui/app-dialog.tsx";
import { CopyButton } from "../ui/copy-button.tsx";
import { ProblemView } from "../ui/problem-view.tsx";
import { useReturnFocus } from "../ui/use-return-focus.ts";
import { useSave } from "./use-save.tsx";
import "./script-dialog.css";

const words = text.report.script;
const { copy } = text.report;
const { close } = text;

const endings = { "T-SQL": ".sql", PowerShell: ".ps1", "Azure CLI": ".sh" } as const;

export type ScriptLanguage = keyof typeof endings;
export const scriptLanguages = Object.keys(endings) as readonly ScriptLanguage[];

export interface ScriptDialogProps {
  readonly planHash: string;
  /** Its first file is in sight; the others stand above and below. */
  readonly language: ScriptLanguage;
  readonly onClose: () => void;
}

type Scripts = RequestOutput<"plan.scripts">;

export function ScriptDialog({ planHash, language, onClose }: ScriptDialogProps) {
  useReturnFocus("#wizard-heading");
  const [answer, setAnswer] = useState<Answer<Scripts>>();
  const scripts = answer?.ok === true ? answer.value : [];
  const first = scripts.find(({ fileName }) => fileName.endsWith(endings[language]));
  useEffect(() => {
    void ask("plan.scripts", { planHash }).then(setAnswer);
  }, [planHash]);
  return (
    <AppDialog
      title={words.title}
      onClose={onClose}
      actions={
        <Button size="small" appearance="primary" onClick={onClose}>
          {close}
        </Button>
      }
    >
      <div className="scripts">
        {answer === undefined ? <Spinner size="extra-tiny" label={words.writing} /> : null}
        {answer?.ok === false ? <ProblemView problem={answer.error} /> : null}
        {scripts.map((script) => (
          <ScriptFile key={script.fileName} script={script} isShownFirst={script === first} />
        ))}
      </div>
    </AppDialog>
  );
}

export interface ScriptFileProps {
  readonly script: Scripts[number];
  readonly isShownFirst: boolean;
}

/** One file, with its buttons. */
export function ScriptFile({ script, isShownFirst }: ScriptFileProps) {
  const { save, view } = useSave();
  const section = useRef<HTMLElement>(null);
  useEffect(() => {
    if (isShownFirst) section.current?.scrollIntoView({ block: "start" });
  }, [isShownFirst]);
  const { fileName, server, text } = script;
  return (
    <section ref={section} aria-label={fileName}>
      <div className="script-head">
        <h3>{words.toRunOn(fileName, visibleText(server))}</h3>
        <CopyButton word={copy} textOf={() => text} icon={<CopyRegular />} appearance="subtle" />
        <Button
          size="small"
          appearance="subtle"
          icon={<SaveRegular />}
          onClick={() => {
            save({ suggestedName: fileName, text });
          }}
        >
          {words.save}
        </Button>
      </div>
      <pre tabIndex={0} role="region" aria-label={words.textOf(fileName)}>
        {text}
      </pre>
      {view}
    </section>
  );
}
