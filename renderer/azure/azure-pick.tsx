// A list whose entries come from Azure; empty until one is chosen.
import { Field, Select } from "@fluentui/react-components";
import { visibleText } from "../../shared/visible-text.ts";
import { text } from "../text.ts";

export interface AzurePickProps {
  readonly label: string;
  readonly value: string;
  readonly options: readonly { readonly value: string; readonly words: string }[];
  readonly isBusy: boolean;
  readonly onChange: (value: string) => void;
}

export function AzurePick({ label, value, options, isBusy, onChange }: AzurePickProps) {
  const isKnown = options.some((option) => option.value === value);
  return (
    <Field label={label} size="small" orientation="horizontal">
      <Select
        size="small"
        value={isKnown ? value : ""}
        disabled={isBusy}
        onChange={(_event, data) => {
          if (data.value !== "") onChange(data.value);
        }}
      >
        {isKnown ? null : <option value="">{text.azure.choose}</option>}
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {visibleText(option.words)}
          </option>
        ))}
      </Select>
    </Field>
  );
}
