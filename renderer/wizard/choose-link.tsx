// Asks which link of a database with several is to be failed over; each fails over by itself.
import { Button, Radio, RadioGroup } from "@fluentui/react-components";
import { useState } from "react";
import type { LinkRef } from "../../shared/estate/pair.ts";
import { visibleText } from "../../shared/visible-text.ts";
import { text } from "../text.ts";
import { AppDialog } from "../ui/app-dialog.tsx";
import type { LinkOption } from "./link-options.ts";

const words = text.wizard.chooseLink;

export interface ChooseLinkProps {
  readonly links: readonly LinkOption[];
  readonly onChoose: (link: LinkRef) => void;
  readonly onClose: () => void;
}

export function ChooseLink({ links, onChoose, onClose }: ChooseLinkProps) {
  const [chosen, choose] = useState<LinkRef>();
  return (
    <AppDialog
      title={words.title}
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
            {words.failover}
          </Button>
          <Button size="small" onClick={onClose}>
            {text.cancel}
          </Button>
        </>
      }
    >
      <p id="choose-link">{words.lead}</p>
      <RadioGroup
        aria-labelledby="choose-link"
        value={String(links.findIndex(({ link }) => link === chosen))}
        onChange={(_event, { value }) => {
          choose(links[Number(value)]?.link);
        }}
      >
        {links.map(({ link, words: said }, index) => (
          <Radio
            key={JSON.stringify(link)}
            value={String(index)}
            label={
              <>
                <b>{visibleText(link.linkName)}</b> {said}
              </>
            }
          />
        ))}
      </RadioGroup>
    </AppDialog>
  );
}
