// Whether a step can be undone, as a shape and a word.
import {
  ArrowResetRegular,
  ArrowUndoRegular,
  EyeRegular,
  ProhibitedRegular,
} from "@fluentui/react-icons";
import type { FluentIcon } from "@fluentui/react-icons";
import { createElement } from "react";
import type { Undo } from "../../shared/plan/plan.ts";
import { text } from "../text.ts";
import "./undo-mark.css";

const icons: Readonly<Record<Undo["kind"], FluentIcon>> = {
  changesNothing: EyeRegular,
  undoable: ArrowUndoRegular,
  undoableAtCost: ArrowResetRegular,
  irreversible: ProhibitedRegular,
};

export function UndoMark({ kind }: { readonly kind: Undo["kind"] }) {
  return (
    <span className={`undo undo-${kind}`}>
      {createElement(icons[kind], { "aria-hidden": true })}
      {text.ui.undo[kind]}
    </span>
  );
}
