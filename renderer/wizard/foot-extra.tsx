// The foot's buttons of single pages: Dry run and Script on Summary, Save script and Save report on Results.
import {
  Button,
  Menu,
  MenuItem,
  MenuList,
  MenuPopover,
  MenuTrigger,
  SplitButton,
} from "@fluentui/react-components";
import { CodeRegular, DocumentCheckmarkRegular } from "@fluentui/react-icons";
import { useImperativeHandle, useState } from "react";
import type { Ref } from "react";
import type { MenuButtonProps } from "@fluentui/react-components";
import { DryRunDialog } from "../report/dry-run-dialog.tsx";
import { SaveReport } from "../report/save-report.tsx";
import type { ScriptLanguage } from "../report/script-dialog.tsx";
import { ScriptDialog, scriptLanguages } from "../report/script-dialog.tsx";
import type { SaidPlan } from "../../shared/ipc.ts";
import type { PageName } from "../../shared/ways/pages.ts";
import { text } from "../text.ts";
import { isForced } from "./forced-type.ts";
import type { WizardControls } from "./use-wizard.ts";
import { isUnderWay, planToRun } from "./wizard-state.ts";

const words = text.report.script;

/** What Ctrl+S does: a page that has something to save puts it here. */
export interface Saving {
  readonly save: () => void;
}

export interface FootExtraProps {
  readonly controls: WizardControls;
  readonly page: PageName;
  readonly saving: Ref<Saving>;
}

export function FootExtra({ controls, page, saving }: FootExtraProps) {
  const { planning, run } = controls.state;
  if (page === "summary") {
    return (
      <>
        {isForced(controls.state) ? null : (
          <DryRun said={planToRun(controls.state)} isShut={isUnderWay(controls.state)} />
        )}
        <ScriptButton word={words.word} planHash={planning.answer?.plan?.hash} saving={saving} />
      </>
    );
  }
  if (page !== "results" || run.kind !== "followed") return null;
  return (
    <>
      <ScriptButton word={words.saveWord} planHash={run.log.state.started?.planHash} />
      <SaveReport runId={run.runId} icon={<DocumentCheckmarkRegular />} saving={saving} />
    </>
  );
}

interface DryRunProps {
  /** Undefined while there is no plan. */
  readonly said: SaidPlan | undefined;
  readonly isShut: boolean;
}

/** The plan that was shown when the button was pressed, whatever is planned meanwhile. */
function DryRun({ said, isShut }: DryRunProps) {
  const [tried, setTried] = useState<SaidPlan>();
  return (
    <>
      <Button
        size="small"
        disabledFocusable={said === undefined || isShut}
        onClick={() => {
          setTried(said);
        }}
      >
        {text.wizard.page.summary.dryRun}
      </Button>
      {tried === undefined ? null : (
        <DryRunDialog
          said={tried}
          onClose={() => {
            setTried(undefined);
          }}
        />
      )}
    </>
  );
}

export interface ScriptButtonProps {
  readonly word: string;
  /** Undefined while there is no plan. */
  readonly planHash: string | undefined;
  /** Absent where Ctrl+S saves something else. */
  readonly saving?: Ref<Saving>;
}

/** The scripts of a plan, in every language. */
export function ScriptButton({ word, planHash, saving }: ScriptButtonProps) {
  const [language, setLanguage] = useState<ScriptLanguage>();
  const open = (wanted: ScriptLanguage) => () => {
    if (planHash !== undefined) setLanguage(wanted);
  };
  useImperativeHandle(saving, () => ({ save: open("T-SQL") }));
  return (
    <>
      <Menu positioning="above-end">
        <MenuTrigger disableButtonEnhancement>
          {(trigger: MenuButtonProps) => (
            <SplitButton
              size="small"
              icon={<CodeRegular />}
              menuButton={{ ...trigger, "aria-label": words.otherLanguages(word) }}
              primaryActionButton={{
                onClick: open("T-SQL"),
                disabledFocusable: planHash === undefined,
                "aria-keyshortcuts": saving === undefined ? undefined : "Control+S",
              }}
            >
              {word}
            </SplitButton>
          )}
        </MenuTrigger>
        <MenuPopover>
          <MenuList>
            {scriptLanguages.map((one) => (
              <MenuItem key={one} onClick={open(one)} disabled={planHash === undefined}>
                {one}
              </MenuItem>
            ))}
          </MenuList>
        </MenuPopover>
      </Menu>
      {language !== undefined && planHash !== undefined ? (
        <ScriptDialog
          planHash={planHash}
          language={language}
          onClose={() => {
            setLanguage(undefined);
          }}
        />
      ) : null}
    </>
  );
}
