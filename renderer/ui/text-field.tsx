// A labelled line to type into, with a hint and what is missing.
import { Field, Input } from "@fluentui/react-components";

export interface TextFieldProps {
  readonly label: string;
  readonly value: string;
  readonly type?: "text" | "password";
  readonly hint?: string;
  readonly missing?: string | undefined;
  readonly maxLength?: number;
  /** Can be read and focused, not changed. */
  readonly isLocked?: boolean;
  readonly onChange: (value: string) => void;
}

export function TextField(props: TextFieldProps) {
  const { label, value, type = "text", hint, missing, maxLength, isLocked = false } = props;
  return (
    <Field
      label={label}
      size="small"
      orientation="horizontal"
      hint={hint}
      validationMessage={missing}
      validationState={missing === undefined ? "none" : "error"}
    >
      <Input
        size="small"
        type={type}
        value={value}
        readOnly={isLocked}
        maxLength={maxLength}
        autoComplete="off"
        spellCheck={false}
        onChange={(_event, data) => {
          props.onChange(data.value);
        }}
      />
    </Field>
  );
}
