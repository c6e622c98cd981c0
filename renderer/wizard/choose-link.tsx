// Asks which link of a database with several is to be failed over; each fails over by itself.
import { Button, Radio, RadioGroup } from "@fluentui/react-components";
import { useState } from "react";
import { visibleText } from "../../shared/visible-text.ts";
import { AppDialog } from "../ui/app-dialog.tsx";
import type { LinkOption } from "./link-options.ts";

export interface ChooseLinkProps {
  readonly links: readonly LinkOption[];
  readonly onChoose: (linkName: string) => void;
  readonly onClose: () => void;
}

export function ChooseLink({ links, onChoose, onClose }: ChooseLinkProps) {
  const [chosen, choose] = useState<string>();
  return (
    <AppDialog
      title="Which link is to be failed over?"
      onClose={onClose}
      actions={
        <>
          <Button
            size="small"
            appearance="primary"
            disabledFocusable={chosen === undefined}
            onClick={() => {
              if (chosen !== undefined) onChoose(chosen);
            }}
          >
            Failover…
          </Button>
          <Button size="small" onClick={onClose}>
            Cancel
          </Button>
        </>
      }
    >
      <p id="choose-link">The database has several links. Each fails over by itself.</p>
      <RadioGroup
        aria-labelledby="choose-link"
        value={chosen ?? ""}
        onChange={(_event, { value }) => {
          choose(value);
        }}
      >
        {links.map(({ linkName, words }) => (
          <Radio
            key={linkName}
            value={linkName}
            label={
              <>
                <b>{visibleText(linkName)}</b> {words}
              </>
            }
          />
        ))}
      </RadioGroup>
    </AppDialog>
  );
}
