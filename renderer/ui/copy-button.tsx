// A button that puts a text on the clipboard, and says whether that was done.
import { Button } from "@fluentui/react-components";
import type { ButtonProps } from "@fluentui/react-components";
import { useState } from "react";
import { text } from "../text.ts";
import { copyText } from "./copy-text.ts";
import { VisuallyHidden } from "./visually-hidden.tsx";

export interface CopyButtonProps {
  /** Asked for when the button is pressed. */
  readonly textOf: () => string;
  readonly word: string;
  /** What is copied, where `word` alone does not say it. */
  readonly label?: string;
  readonly icon?: ButtonProps["icon"];
  readonly appearance?: ButtonProps["appearance"];
  readonly isClosed?: boolean;
}

type Said = "nothing" | "copied" | "refused";

export function CopyButton({ textOf, word, label, isClosed = false, ...look }: CopyButtonProps) {
  const [said, setSaid] = useState<Said>("nothing");
  const outcome = said === "nothing" ? "" : text.ui.copy[said];
  return (
    <>
      <Button
        size="small"
        {...look}
        aria-label={outcome === "" ? label : undefined}
        disabledFocusable={isClosed}
        onClick={() => {
          void copyText(textOf()).then((isCopied) => {
            setSaid(isCopied ? "copied" : "refused");
          });
        }}
        onBlur={() => {
          setSaid("nothing");
        }}
      >
        {outcome === "" ? word : outcome}
      </Button>
      <VisuallyHidden>
        <span role="status">{outcome}</span>
      </VisuallyHidden>
    </>
  );
}
