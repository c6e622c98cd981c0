// The scripts that keep the logins of a list out of a server and let them in again: to read, copy and save. Nothing is sent.
import { Button } from "@fluentui/react-components";
import { keepOutScripts } from "../../shared/sessions/scripts.ts";
import { visibleText } from "../../shared/visible-text.ts";
import { ScriptFile } from "../report/script-dialog.tsx";
import { text } from "../text.ts";
import { AppDialog } from "../ui/app-dialog.tsx";
import { useReturnFocus } from "../ui/use-return-focus.ts";
import type { SessionPlace } from "./place.ts";

const words = text.sessions.keepOut;

export interface KeepOutDialogProps {
  readonly place: SessionPlace;
  readonly logins: readonly string[];
  readonly onClose: () => void;
}

export function KeepOutDialog({ place, logins, onClose }: KeepOutDialogProps) {
  useReturnFocus("#wizard-heading");
  const { groupId, serverName } = place;
  const files = groupId === undefined ? [] : keepOutScripts(place, groupId, logins);
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
      <p>{words.lead(visibleText(serverName), logins.map(visibleText).join(", "))}</p>
      <div className="scripts">
        {files.map((script) => (
          <ScriptFile key={script.fileName} script={script} isShownFirst={false} />
        ))}
      </div>
    </AppDialog>
  );
}
