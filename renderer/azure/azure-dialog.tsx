// The window Sign in to Azure. Closing it leaves a sign-in under way alone; Cancel sign-in ends it.
import { Button } from "@fluentui/react-components";
import { text } from "../text.ts";
import { AppDialog } from "../ui/app-dialog.tsx";
import { AzurePanel } from "./azure-panel.tsx";
import type { Azure } from "./use-azure.ts";

export interface AzureDialogProps {
  readonly azure: Azure;
  readonly onClose: () => void;
}

export function AzureDialog({ azure, onClose }: AzureDialogProps) {
  return (
    <AppDialog
      title={text.azure.title}
      onClose={onClose}
      actions={
        <Button size="small" onClick={onClose}>
          {text.close}
        </Button>
      }
    >
      <AzurePanel azure={azure} />
    </AppDialog>
  );
}
