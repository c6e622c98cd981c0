// A labelled drop-down list of a few fixed choices; the system's own, so that keys and screen readers know it.
import { Field, Select } from "@fluentui/react-components";

export interface ChoiceProps<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly options: readonly T[];
  readonly words: Readonly<Record<T, string>>;
  /** Can be focused, not changed. */
  readonly isLocked?: boolean;
  readonly onChange: (value: T) => void;
}

export function Choice<T extends string>(props: ChoiceProps<T>) {
  const { label, value, options, words, isLocked = false, onChange } = props;
  return (
    <Field label={label} size="small" orientation="horizontal">
      <Select
        size="small"
        value={value}
        aria-disabled={isLocked}
        onChange={(_event, data) => {
          const chosen = options.find((option) => option === data.value);
          if (chosen !== undefined && !isLocked) onChange(chosen);
        }}
      >
        {options.map((option) => (
          <option key={option} value={option}>
            {words[option]}
          </option>
        ))}
      </Select>
    </Field>
  );
}
