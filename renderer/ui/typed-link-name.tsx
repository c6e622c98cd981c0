// The name of the link, or of a database without one, typed by hand before what is not to begin by mistake.
import { visibleText } from "../../shared/visible-text.ts";
import { text } from "../text.ts";
import { TextField } from "./text-field.tsx";
import "./typed-link-name.css";

const words = text.ui.byHand;

export interface TypedLinkNameProps {
  readonly linkName: string;
  /** Whose name it is; default the link's. */
  readonly of?: "link" | "database";
  readonly typed: string;
  /** Said under it, after that upper and lower case count. */
  readonly hint: string;
  readonly onType: (typed: string) => void;
}

export function TypedLinkName({ linkName, of = "link", typed, hint, onType }: TypedLinkNameProps) {
  return (
    <section className="group confirm-by-hand" aria-label={words.title}>
      <h4>{words.title}</h4>
      <TextField
        label={words.field(of, visibleText(linkName))}
        value={typed}
        maxLength={128}
        hint={`${words.caseCounts} ${hint}`}
        onChange={onType}
      />
    </section>
  );
}
