// Saves a text: by the system's own window where the host has one, else by our own path window.
import { useState } from "react";
import type { ReactNode } from "react";
import type { Problem } from "../../shared/errors/app-error.ts";
import { ask } from "../api.ts";
import { SaveDialog } from "./save-dialog.tsx";
import { SavedNote } from "./saved-note.tsx";
import type { ToSave } from "./to-save.ts";
import { write } from "./to-save.ts";

export interface Save {
  readonly save: (file: ToSave) => void;
  /** To be rendered by the caller: the path window, then where it was saved or why not. */
  readonly view: ReactNode;
}

type SaveState =
  | { readonly kind: "idle" | "asking" }
  | { readonly kind: "choosing"; readonly file: ToSave }
  | { readonly kind: "saved"; readonly path: string }
  | { readonly kind: "failed"; readonly problem: Problem };

export function useSave(): Save {
  const [state, setState] = useState<SaveState>({ kind: "idle" });
  const save = async (file: ToSave) => {
    if (state.kind === "asking" || state.kind === "choosing") return;
    setState({ kind: "asking" });
    setState(await started(file));
  };
  const close = () => {
    setState({ kind: "idle" });
  };
  return {
    save: (file) => void save(file),
    view:
      state.kind === "choosing" ? (
        <SaveDialog
          file={state.file}
          onClose={close}
          onSaved={(path) => {
            setState({ kind: "saved", path });
          }}
        />
      ) : state.kind === "saved" || state.kind === "failed" ? (
        <SavedNote state={state} onClose={close} />
      ) : null,
  };
}

async function started(file: ToSave): Promise<SaveState> {
  const app = await ask("app.facts", {});
  if (!app.ok) return { kind: "failed", problem: app.error };
  return app.value.canPickSavePath ? native(file) : { kind: "choosing", file };
}

/** The system's window has asked about replacing a file already. */
async function native(file: ToSave): Promise<SaveState> {
  const { suggestedName } = file;
  const picked = await ask("file.pickSavePath", { suggestedName });
  if (!picked.ok) return { kind: "failed", problem: picked.error };
  const { path } = picked.value;
  if (path === null) return { kind: "idle" };
  const saved = await write(file, path, true);
  return saved.ok
    ? { kind: "saved", path: saved.value.path }
    : { kind: "failed", problem: saved.error };
}
