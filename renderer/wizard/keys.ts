// The wizard's own keys, apart from what the page's controls do with them.

export type WizardKey = "forward" | "next" | "previous" | "readAgain" | "save";

/** What of a key press is looked at. */
export interface KeyPress {
  readonly key: string;
  readonly altKey: boolean;
  readonly ctrlKey: boolean;
  readonly shiftKey: boolean;
  readonly metaKey: boolean;
  /** A key held down must not run through the pages. */
  readonly repeat: boolean;
  /** The focus stands on something that Enter works by itself: a button, a link, a row that opens. */
  readonly worksByItself: boolean;
}

/** Undefined: the key is not the wizard's. */
export function wizardKey(press: KeyPress): WizardKey | undefined {
  if (press.repeat || press.metaKey || press.shiftKey) return undefined;
  const key = press.key.toLowerCase();
  if (press.ctrlKey) return key === "s" && !press.altKey ? "save" : undefined;
  if (press.altKey) {
    if (key === "n") return "next";
    return key === "p" ? "previous" : undefined;
  }
  if (press.key === "F5") return "readAgain";
  return press.key === "Enter" && !press.worksByItself ? "forward" : undefined;
}

/** Elements that do something of their own on Enter. */
export const worksOnEnter =
  "button, a, summary, textarea, select, [role='menuitem'], [role='row'], [role='treegrid']";
