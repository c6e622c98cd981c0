// Asked when the window is to be closed while a run is going on.
import { Button } from "@fluentui/react-components";
import { useState } from "react";
import type { Events } from "../../shared/ipc.ts";
import type { RunState } from "../../shared/run/state.ts";
import { visibleText } from "../../shared/visible-text.ts";
import { ask, useApiEvent } from "../api.ts";
import { text } from "../text.ts";
import { closingWords } from "./closing-words.ts";
import { AppDialog } from "../ui/app-dialog.tsx";

/** `run`: the run in flight, as far as it is known. */
export function ClosingDialog({ run }: { readonly run: RunState }) {
  const [closing, setClosing] = useState<Events["window.closing"]>();
  useApiEvent("window.closing", setClosing);
  if (closing === undefined) return null;
  const stay = () => {
    setClosing(undefined);
  };
  return (
    <AppDialog
      title={text.closing.title}
      modalType="alert"
      onClose={stay}
      actions={
        <>
          <Button size="small" appearance="primary" onClick={stay}>
            {text.closing.keep}
          </Button>
          <Button
            size="small"
            onClick={() => {
              stay();
              void ask("window.close", { evenDuringRun: true });
            }}
          >
            {text.closing.leave}
          </Button>
        </>
      }
    >
      <p>{closingWords(run, visibleText(closing.step))}</p>
    </AppDialog>
  );
}
