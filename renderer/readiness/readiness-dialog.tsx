// The window Readiness: every check of a link and of what it does not carry, run again at will, and saved.
import { Button, Spinner } from "@fluentui/react-components";
import { ArrowClockwiseRegular, SaveRegular } from "@fluentui/react-icons";
import { useEffect, useState } from "react";
import type { LinkRef } from "../../shared/estate/pair.ts";
import type { Readiness } from "../../shared/readiness/contract.ts";
import { readinessFileName } from "../../shared/readiness/contract.ts";
import { visibleText } from "../../shared/visible-text.ts";
import { useRequest } from "../api.ts";
import { useSave } from "../report/use-save.tsx";
import { knownValue } from "../request-status.ts";
import { text } from "../text.ts";
import { AppDialog } from "../ui/app-dialog.tsx";
import { Choice } from "../ui/choice.tsx";
import { ProblemView } from "../ui/problem-view.tsx";
import { AssessmentView } from "./assessment-view.tsx";
import type { Direction } from "./directions.ts";
import { directions } from "./directions.ts";
import "./readiness.css";

const words = text.readiness;

export interface ReadinessDialogProps extends LinkRef {
  readonly onClose: () => void;
}

export function ReadinessDialog({ linkName, pair, onClose }: ReadinessDialogProps) {
  const [direction, setDirection] = useState<Direction>("primary");
  const { status, isBusy, send } = useRequest("readiness.assess");
  const { save, view } = useSave();
  const run = (to: Direction) => void send({ pair, linkName, to: to === "primary" ? null : to });
  const { box, instance } = pair;
  useEffect(() => {
    void send({ pair: { box, instance }, linkName, to: null });
  }, [send, box, instance, linkName]);
  const found = knownValue(status);
  return (
    <AppDialog
      title={words.title}
      size="wide"
      onClose={onClose}
      actions={
        <>
          <SaveButtons found={found} onSave={save} />
          <Button
            size="small"
            icon={<ArrowClockwiseRegular />}
            disabledFocusable={isBusy}
            onClick={() => {
              run(direction);
            }}
          >
            {words.again}
          </Button>
          <Button size="small" appearance="primary" onClick={onClose}>
            {text.close}
          </Button>
        </>
      }
    >
      <p>{words.lead(visibleText(linkName))}</p>
      <Choice
        label={words.to}
        value={direction}
        options={directions}
        words={words.sides}
        isLocked={isBusy}
        onChange={(next) => {
          setDirection(next);
          run(next);
        }}
      />
      {isBusy ? <Spinner size="extra-tiny" label={words.reading} /> : null}
      {status.kind === "error" ? <ProblemView problem={status.error} /> : null}
      {found === undefined ? null : (
        <AssessmentView assessment={found.assessment} isOld={status.kind !== "loaded"} />
      )}
      {view}
    </AppDialog>
  );
}

interface SaveButtonsProps {
  /** Undefined before the first answer: then nothing can be saved. */
  readonly found: Readiness | undefined;
  readonly onSave: ReturnType<typeof useSave>["save"];
}

function SaveButtons({ found, onSave }: SaveButtonsProps) {
  if (found === undefined) return null;
  const { report, loginScript } = found;
  return (
    <>
      {loginScript === null ? null : (
        <Button
          size="small"
          icon={<SaveRegular />}
          onClick={() => {
            onSave({ suggestedName: loginScript.fileName, text: loginScript.text });
          }}
        >
          {words.saveScript}
        </Button>
      )}
      <Button
        size="small"
        icon={<SaveRegular />}
        onClick={() => {
          onSave({ suggestedName: readinessFileName, text: report });
        }}
      >
        {words.saveReport}
      </Button>
    </>
  );
}
