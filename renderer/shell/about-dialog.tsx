// The window About.
import { Button } from "@fluentui/react-components";
import type { AppFacts } from "../../shared/ipc.ts";
import { visibleText } from "../../shared/visible-text.ts";
import { text } from "../text.ts";
import { AppDialog } from "../ui/app-dialog.tsx";

export interface AboutDialogProps {
  readonly facts: AppFacts | undefined;
  readonly onClose: () => void;
}

export function AboutDialog({ facts, onClose }: AboutDialogProps) {
  return (
    <AppDialog
      title={text.about.title}
      onClose={onClose}
      actions={
        <Button size="small" onClick={onClose}>
          {text.close}
        </Button>
      }
    >
      {facts === undefined ? null : (
        <>
          <p>{text.about.version(facts.version)}</p>
          <p>{text.about.operator(visibleText(facts.operator))}</p>
          <p>{text.about.host(facts.host)}</p>
        </>
      )}
    </AppDialog>
  );
}
