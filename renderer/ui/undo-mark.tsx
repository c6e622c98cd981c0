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
import "./undo-mark.css";

const looks: Readonly<Record<Undo["kind"], { readonly icon: FluentIcon; readonly word: string }>> =
  {
    changesNothing: { icon: EyeRegular, word: "Changes nothing" },
    undoable: { icon: ArrowUndoRegular, word: "Undoable" },
    undoableAtCost: { icon: ArrowResetRegular, word: "Undoable at a cost" },
    irreversible: { icon: ProhibitedRegular, word: "Irreversible" },
  };

export function UndoMark({ kind }: { readonly kind: Undo["kind"] }) {
  const { icon, word } = looks[kind];
  return (
    <span className={`undo undo-${kind}`}>
      {createElement(icon, { "aria-hidden": true })}
      {word}
    </span>
  );
}
