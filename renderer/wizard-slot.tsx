// The one place where the failover wizard hangs in the shell.
import { Button } from "@fluentui/react-components";
import type { Estate, Side } from "../shared/estate/estate.ts";
import type { Azure } from "./azure/use-azure.ts";
import { visibleText } from "../shared/visible-text.ts";
import { text } from "./text.ts";
import { AppDialog } from "./ui/app-dialog.tsx";

export interface WizardProps {
  readonly linkName: string;
  /** The side whose node the wizard was opened from. */
  readonly startedFrom: Side;
  /** The newest reading; it goes on being read while the wizard is open. */
  readonly estate: Estate;
  /** The app's sign-in, so that the account is the same everywhere. */
  readonly azure: Azure;
  /** The wizard goes away. */
  readonly onClose: () => void;
  /** A run has ended: the tree is read again at once. */
  readonly onDone: () => void;
}

export function WizardSlot({ linkName, onClose }: WizardProps) {
  return (
    <AppDialog
      title={text.menus.failover}
      onClose={onClose}
      actions={
        <Button size="small" onClick={onClose}>
          {text.close}
        </Button>
      }
    >
      {visibleText(linkName)}
    </AppDialog>
  );
}
