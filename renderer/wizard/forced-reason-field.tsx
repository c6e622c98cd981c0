// Asks for the reason why something that speaks against forcing is accepted; it goes into the report.
import { Button } from "@fluentui/react-components";
import { useState } from "react";
import { visibleText } from "../../shared/visible-text.ts";
import { text } from "../text.ts";
import { TextField } from "../ui/text-field.tsx";

const words = text.wizard.reason;

export interface ForcedReasonFieldProps {
  /** What is accepted: "Why it is forced although SQLBOX01 is alive". */
  readonly label: string;
  /** As it was accepted; empty: it was not. */
  readonly accepted: string;
  /** Empty: it is taken back. */
  readonly onAccept: (reason: string) => void;
}

/** Typing alone accepts nothing: the button does. */
export function ForcedReasonField({ label, accepted, onAccept }: ForcedReasonFieldProps) {
  const [typed, setTyped] = useState("");
  const reason = typed.trim();
  if (accepted !== "") {
    return (
      <p className="forced-reason">
        <span>
          {label}: <b>{visibleText(accepted)}</b>
        </span>
        <Button
          size="small"
          onClick={() => {
            setTyped(accepted);
            onAccept("");
          }}
        >
          {words.takeBack}
        </Button>
      </p>
    );
  }
  return (
    <div className="forced-reason">
      <TextField
        label={label}
        value={typed}
        maxLength={900}
        hint={words.hint}
        onChange={setTyped}
      />
      <Button
        size="small"
        disabledFocusable={reason === ""}
        onClick={() => {
          if (reason !== "") onAccept(reason);
        }}
      >
        {words.accept}
      </Button>
    </div>
  );
}
