// The plan tried on the servers without its changes: what would be sent, and whether its guards hold now.
import { Button, Spinner } from "@fluentui/react-components";
import { useEffect, useState } from "react";
import type { Answer, RequestOutput, SaidPlan } from "../../shared/ipc.ts";
import { ask } from "../api.ts";
import { text } from "../text.ts";
import { AppDialog } from "../ui/app-dialog.tsx";
import { ProblemView } from "../ui/problem-view.tsx";
import { useReturnFocus } from "../ui/use-return-focus.ts";
import { dryRunText } from "./dry-run-text.ts";
import "./dry-run-dialog.css";

const words = text.report.dryRun;

export interface DryRunDialogProps {
  readonly said: SaidPlan;
  readonly onClose: () => void;
}

export function DryRunDialog({ said: { plan, hash }, onClose }: DryRunDialogProps) {
  useReturnFocus("#wizard-heading");
  const [answer, setAnswer] = useState<Answer<RequestOutput<"plan.dryRun">>>();
  useEffect(() => {
    void ask("plan.dryRun", { planHash: hash }).then(setAnswer);
  }, [hash]);
  return (
    <AppDialog
      title={words.title}
      onClose={onClose}
      actions={
        <Button size="small" appearance="primary" onClick={onClose}>
          {text.close}
        </Button>
      }
    >
      <div className="dry-run">
        {answer === undefined ? <Spinner size="extra-tiny" label={words.asking} /> : null}
        {answer?.ok === false ? <ProblemView problem={answer.error} /> : null}
        {answer?.ok === true ? (
          <pre tabIndex={0} role="region" aria-label={words.found}>
            {dryRunText(answer.value, plan)}
          </pre>
        ) : null}
      </div>
    </AppDialog>
  );
}
