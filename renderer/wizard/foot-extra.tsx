// The foot's buttons of single pages: Script on Summary, Save script and Save report on Results.
import {
  Menu,
  MenuItem,
  MenuList,
  MenuPopover,
  MenuTrigger,
  SplitButton,
} from "@fluentui/react-components";
import { CodeRegular, DocumentCheckmarkRegular } from "@fluentui/react-icons";
import { useState } from "react";
import type { MenuButtonProps } from "@fluentui/react-components";
import { SaveReport } from "../report/save-report.tsx";
import { ScriptDialog } from "../report/script-dialog.tsx";
import type { PageName } from "./page-names.ts";
import type { WizardControls } from "./use-wizard.ts";

export interface FootExtraProps {
  readonly controls: WizardControls;
  readonly page: PageName;
}

export function FootExtra({ controls, page }: FootExtraProps) {
  const { planning, run } = controls.state;
  if (page === "summary") return <Script word="Script" planHash={planning.answer?.plan?.hash} />;
  if (page !== "results" || run.kind !== "followed") return null;
  return (
    <>
      <Script word="Save script" planHash={run.log.state.started?.planHash} />
      <SaveReport runId={run.runId} icon={<DocumentCheckmarkRegular />} />
    </>
  );
}

interface ScriptProps {
  readonly word: string;
  /** Undefined while there is no plan. */
  readonly planHash: string | undefined;
}

function Script({ word, planHash }: ScriptProps) {
  const [isOpen, setOpen] = useState(false);
  const open = () => {
    if (planHash !== undefined) setOpen(true);
  };
  return (
    <>
      <Menu positioning="above-end">
        <MenuTrigger disableButtonEnhancement>
          {(trigger: MenuButtonProps) => (
            <SplitButton
              size="small"
              icon={<CodeRegular />}
              menuButton={{ ...trigger, "aria-label": `${word}: other languages` }}
              primaryActionButton={{ onClick: open, disabledFocusable: planHash === undefined }}
            >
              {word}
            </SplitButton>
          )}
        </MenuTrigger>
        <MenuPopover>
          <MenuList>
            <MenuItem onClick={open} disabled={planHash === undefined}>
              T-SQL
            </MenuItem>
            <MenuItem disabled>PowerShell (comes with a later version)</MenuItem>
          </MenuList>
        </MenuPopover>
      </Menu>
      {isOpen && planHash !== undefined ? (
        <ScriptDialog
          planHash={planHash}
          onClose={() => {
            setOpen(false);
          }}
        />
      ) : null}
    </>
  );
}
