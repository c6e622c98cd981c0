// The list of the wizard's pages: done, current, to come. A done page can be gone back to with the mouse; keys have Alt+P.
import { CheckmarkRegular } from "@fluentui/react-icons";
import type { PageName } from "../../shared/ways/pages.ts";
import { text } from "../text.ts";
import { isBefore } from "./page-names.ts";
import { pageTitles } from "../text/wizard-words.ts";
import "./page-list.css";

export interface PageListProps {
  readonly page: PageName;
  /** Those of the way that is decided. */
  readonly pages: readonly PageName[];
  /** From Finish on no page can be gone back to. */
  readonly isClosed: boolean;
  readonly onGoTo: (page: PageName) => void;
}

export function PageList({ page, pages, isClosed, onGoTo }: PageListProps) {
  return (
    <ol className="page-list" aria-label={text.wizard.pages}>
      {pages.map((name) => {
        const isDone = isBefore(name, page);
        const state = name === page ? "current" : isDone ? (isClosed ? "past" : "done") : "later";
        return (
          <li
            key={name}
            className={`page-list-${state}`}
            aria-current={name === page ? "step" : undefined}
          >
            {isDone ? <CheckmarkRegular aria-label={text.wizard.done} /> : <i />}
            {state === "done" ? (
              <button
                type="button"
                tabIndex={-1}
                onClick={() => {
                  onGoTo(name);
                }}
              >
                {pageTitles[name]}
              </button>
            ) : (
              <span>{pageTitles[name]}</span>
            )}
          </li>
        );
      })}
    </ol>
  );
}
