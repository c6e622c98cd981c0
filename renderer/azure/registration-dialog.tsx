// The window Cloud and client id: where a sign-in to Azure goes, and as which application.
import { Button } from "@fluentui/react-components";
import { useEffect, useState } from "react";
import type { AzureRegistration } from "../../shared/azure-registration.ts";
import { cloudNames } from "../../shared/azure-registration.ts";
import type { AppFacts } from "../../shared/ipc.ts";
import { useRequest } from "../api.ts";
import { text } from "../text.ts";
import { AppDialog } from "../ui/app-dialog.tsx";
import { Choice } from "../ui/choice.tsx";
import { ProblemView } from "../ui/problem-view.tsx";
import { TextField } from "../ui/text-field.tsx";
import { clientIdTyped } from "./client-id.ts";
import "./azure.css";

export interface RegistrationDialogProps {
  readonly facts: AppFacts | undefined;
  readonly onSaved: () => void;
  readonly onClose: () => void;
}

export function RegistrationDialog({ facts, onSaved, onClose }: RegistrationDialogProps) {
  const { status, send: read } = useRequest("settings.read");
  const writing = useRequest("settings.write");
  useEffect(() => {
    void read({});
  }, [read]);
  const save = async (azure: AzureRegistration) => {
    const answer = await writing.send({ azure });
    if (answer?.ok !== true) return;
    onSaved();
    onClose();
  };
  const problem =
    status.kind === "loaded" ? status.value.problem : status.kind === "error" && status.error;
  return (
    <AppDialog
      title={text.registration.title}
      onClose={onClose}
      actions={
        <>
          <Button
            size="small"
            appearance="primary"
            type="submit"
            form="registration"
            disabledFocusable={status.kind !== "loaded" || writing.isBusy}
          >
            {text.registration.save}
          </Button>
          <Button size="small" onClick={onClose}>
            {text.cancel}
          </Button>
        </>
      }
    >
      <p>{text.registration.intro}</p>
      {facts?.practice === true ? <p>{text.registration.practice}</p> : null}
      {status.kind === "loaded" ? (
        <Fields
          set={status.value.azure}
          given={facts?.clientId ?? null}
          onSave={(azure) => void save(azure)}
        />
      ) : null}
      {problem ? <ProblemView problem={problem} /> : null}
      {writing.status.kind === "error" ? <ProblemView problem={writing.status.error} /> : null}
    </AppDialog>
  );
}

interface FieldsProps {
  readonly set: AzureRegistration;
  /** With --client-id. */
  readonly given: string | null;
  readonly onSave: (azure: AzureRegistration) => void;
}

function Fields({ set, given, onSave }: FieldsProps) {
  const words = text.registration;
  const [cloud, setCloud] = useState(set.cloud);
  const [typed, setTyped] = useState(set.clientId ?? "");
  const [isTried, setTried] = useState(false);
  const clientId = clientIdTyped(typed);
  return (
    <form
      id="registration"
      className="azure-panel"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (clientId !== undefined) onSave({ cloud, clientId });
      }}
    >
      <Choice
        label={words.cloud}
        value={cloud}
        options={cloudNames}
        words={words.clouds}
        onChange={setCloud}
      />
      <TextField
        label={words.clientId}
        value={given ?? typed}
        hint={given === null ? words.clientIdHint : words.clientIdGiven}
        missing={isTried && clientId === undefined ? words.clientIdWrong : undefined}
        maxLength={100}
        isLocked={given !== null}
        onChange={setTyped}
      />
    </form>
  );
}
