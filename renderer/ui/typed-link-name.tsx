// The name of the link, or of a database without one, typed by hand before what is not to begin by mistake.
import { visibleText } from "../../shared/visible-text.ts";
import { TextField } from "./text-field.tsx";
import "./typed-link-name.css";

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
    <section className="group confirm-by-hand" aria-label="Confirm by hand">
      <h4>Confirm by hand</h4>
      <TextField
        label={`Type the name of the ${of}, ${visibleText(linkName)}`}
        value={typed}
        maxLength={128}
        hint={`Upper and lower case count. ${hint}`}
        onChange={onType}
      />
    </section>
  );
}
