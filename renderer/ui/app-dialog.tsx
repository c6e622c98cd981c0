// A window over the work area: title, body, buttons. The environment band stays visible and is read out with it.
import {
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
} from "@fluentui/react-components";
import type { ReactNode } from "react";
import { useHeldFocus } from "./use-held-focus.ts";
import { environmentBandId, useWorkArea } from "./work-area.ts";
import "./app-dialog.css";

export interface AppDialogProps {
  readonly title: string;
  readonly children: ReactNode;
  readonly actions: ReactNode;
  /** Esc, and nothing else but the buttons. */
  readonly onClose: () => void;
  /** `alert`: Esc does not close it; an answer is needed. */
  readonly modalType?: "modal" | "alert";
  /** For tables; narrow otherwise. */
  readonly size?: "wide";
}

export function AppDialog({ title, children, actions, onClose, modalType, size }: AppDialogProps) {
  const mountNode = useWorkArea();
  useHeldFocus();
  return (
    <Dialog
      open
      modalType={modalType ?? "modal"}
      onOpenChange={(_event, data) => {
        if (data.type === "escapeKeyDown") onClose();
      }}
    >
      <DialogSurface
        className={size === "wide" ? "app-dialog app-dialog-wide" : "app-dialog"}
        mountNode={mountNode}
        aria-describedby={environmentBandId}
      >
        <DialogBody className="app-dialog-body">
          <DialogTitle className="app-dialog-title" action={null}>
            {title}
          </DialogTitle>
          <DialogContent className="app-dialog-content">{children}</DialogContent>
          <DialogActions className="app-dialog-actions">{actions}</DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
