// Asked when the window is to be closed while a run is going on.
import { Button } from "@fluentui/react-components";
import { useState } from "react";
import type { Events } from "../../shared/ipc.ts";
import { visibleText } from "../../shared/visible-text.ts";
import { ask, useApiEvent } from "../api.ts";
import { text } from "../text.ts";
import { AppDialog } from "../ui/app-dialog.tsx";

export function ClosingDialog() {
  const [closing, setClosing] = useState<Events["window.closing"]>();
  useApiEvent("window.closing", setClosing);
  if (closing === undefined) return null;
  const answer = (evenDuringRun: boolean) => {
    setClosing(undefined);
    void ask("window.close", { evenDuringRun });
  };
  return (
    <AppDialog
      title={text.closing.title}
      modalType="alert"
      onClose={() => {
        answer(false);
      }}
      actions={
        <>
          <Button
            size="small"
            appearance="primary"
            onClick={() => {
              answer(false);
            }}
          >
            {text.closing.keep}
          </Button>
          <Button
            size="small"
            onClick={() => {
              answer(true);
            }}
          >
            {text.closing.leave}
          </Button>
        </>
      }
    >
      <p>{text.closing.sentence(visibleText(closing.step))}</p>
    </AppDialog>
  );
}
