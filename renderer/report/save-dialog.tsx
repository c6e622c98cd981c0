// The path window for hosts without one of their own: a folder to walk through, a name that is filled in, a question before replacing.
import { Button } from "@fluentui/react-components";
import { ArrowUpRegular, FolderRegular } from "@fluentui/react-icons";
import { useEffect, useState } from "react";
import type { Problem } from "../../shared/errors/app-error.ts";
import { visibleText } from "../../shared/visible-text.ts";
import { ask } from "../api.ts";
import { text } from "../text.ts";
import { AppDialog } from "../ui/app-dialog.tsx";
import { ProblemView } from "../ui/problem-view.tsx";
import { TextField } from "../ui/text-field.tsx";
import { useReturnFocus } from "../ui/use-return-focus.ts";
import type { Listing } from "./save-path.ts";
import { isThere, nameProblem, pathIn } from "./save-path.ts";
import type { ToSave } from "./to-save.ts";
import { write } from "./to-save.ts";
import "./save-dialog.css";

const words = text.report.save;

export interface SaveDialogProps {
  readonly file: ToSave;
  readonly onClose: () => void;
  readonly onSaved: (path: string) => void;
}

export function SaveDialog({ file, onClose, onSaved }: SaveDialogProps) {
  useReturnFocus("#wizard-heading");
  const { listing, problem, setProblem, go } = useFolder();
  const [name, setName] = useState(file.suggestedName);
  const [isSaving, setSaving] = useState(false);
  const isReplacing = listing !== undefined && isThere(listing, name);
  const missing = nameProblem(listing?.folder ?? "", name);
  const isClosed = listing === undefined || missing !== undefined || isSaving;
  const save = async () => {
    if (listing === undefined || isClosed) return;
    setSaving(true);
    const path = pathIn(listing.folder, name.trim());
    const answer = await write(file, path, isReplacing);
    setSaving(false);
    if (answer.ok) onSaved(answer.value.path);
    else {
      setProblem(answer.error);
      // A file that came since the folder was read is then asked about.
      go(listing.folder, "keepProblem");
    }
  };
  return (
    <AppDialog
      title={words.title}
      onClose={onClose}
      actions={
        <>
          <Button
            size="small"
            appearance="primary"
            type="submit"
            form="save-form"
            disabledFocusable={isClosed}
          >
            {isReplacing ? words.replace : words.save}
          </Button>
          <Button size="small" onClick={onClose}>
            {text.cancel}
          </Button>
        </>
      }
    >
      <form
        id="save-form"
        className="save-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <TextField
          label={"runId" in file ? words.folderName : words.fileName}
          value={name}
          missing={missing}
          maxLength={255}
          onChange={setName}
        />
        {listing === undefined ? null : <Folders listing={listing} onGo={go} />}
      </form>
      {isReplacing ? <p role="status">{words.isThere(visibleText(name.trim()))}</p> : null}
      {problem === undefined ? null : <ProblemView problem={problem} />}
    </AppDialog>
  );
}

interface Folder {
  readonly listing: Listing | undefined;
  readonly problem: Problem | undefined;
  readonly setProblem: (problem: Problem) => void;
  readonly go: (folder: string | null, problem?: "keepProblem") => void;
}

function useFolder(): Folder {
  const [listing, setListing] = useState<Listing>();
  const [problem, setProblem] = useState<Problem>();
  const read = async (folder: string | null, before?: "keepProblem") => {
    const answer = await ask("file.listFolder", { folder });
    if (answer.ok) setListing(answer.value);
    if (before === undefined) setProblem(answer.ok ? undefined : answer.error);
  };
  useEffect(() => {
    // Answers come later: nothing is set while this runs.
    void ask("file.listFolder", { folder: null }).then((answer) => {
      if (answer.ok) setListing(answer.value);
      else setProblem(answer.error);
    });
  }, []);
  return { listing, problem, setProblem, go: (folder, before) => void read(folder, before) };
}

function Folders({
  listing,
  onGo,
}: {
  readonly listing: Listing;
  readonly onGo: (folder: string) => void;
}) {
  const { folder, parent, folders } = listing;
  return (
    <section aria-label={words.folder}>
      <p className="saved-path">
        {words.inFolder} <b>{visibleText(folder)}</b>
      </p>
      <ul className="folders">
        {parent === null ? null : (
          <li>
            <Button
              size="small"
              appearance="subtle"
              icon={<ArrowUpRegular />}
              onClick={() => {
                onGo(parent);
              }}
            >
              {words.up}
            </Button>
          </li>
        )}
        {folders.map((name) => (
          <li key={name}>
            <Button
              size="small"
              appearance="subtle"
              icon={<FolderRegular />}
              onClick={() => {
                onGo(pathIn(folder, name));
              }}
            >
              {visibleText(name)}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
