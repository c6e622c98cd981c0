// Ends one session: whose it is, what rolls back, that nobody is kept out; then what became of it. Never by Enter.
import { Button, Spinner } from "@fluentui/react-components";
import { useState } from "react";
import type { Problem } from "../../shared/errors/app-error.ts";
import type { WritingSession } from "../../shared/estate/estate.ts";
import type { EndWords } from "../../shared/sessions/end-words.ts";
import { endWords, lookWords, sessionName } from "../../shared/sessions/end-words.ts";
import { endSessionScript, keepOutScripts } from "../../shared/sessions/scripts.ts";
import { endable } from "../../shared/sessions/session-end.ts";
import type { SeenSession } from "../../shared/sql/end-session.ts";
import { visibleText } from "../../shared/visible-text.ts";
import { ask } from "../api.ts";
import { ScriptFile } from "../report/script-dialog.tsx";
import { text } from "../text.ts";
import { AppDialog } from "../ui/app-dialog.tsx";
import { ProblemView } from "../ui/problem-view.tsx";
import { ResultMark } from "../ui/result-mark.tsx";
import { useReturnFocus } from "../ui/use-return-focus.ts";
import type { SessionPlace } from "./place.ts";
import { logWords, sinceWords } from "./session-words.ts";
import "./sessions.css";

const words = text.sessions.end;
const { columns } = text.sessions;

export interface EndSessionDialogProps {
  readonly place: SessionPlace;
  readonly writing: WritingSession;
  readonly onClose: () => void;
}

type Ending =
  | { readonly kind: "notAsked" | "asking" }
  | { readonly kind: "told"; readonly words: EndWords; readonly problem: Problem | undefined }
  | { readonly kind: "failed"; readonly problem: Problem };

export function EndSessionDialog({ place, writing, onClose }: EndSessionDialogProps) {
  useReturnFocus("#wizard-heading");
  const seen = endable(place.serverName, writing);
  const { ending, end, look } = useEnding(place, seen);
  const [showsScripts, setShowsScripts] = useState(false);
  if (seen === undefined) return null;
  return (
    <AppDialog
      title={words.title(String(seen.sessionId), visibleText(place.serverName))}
      onClose={onClose}
      actions={<Actions ending={ending} onEnd={end} onLook={look} onClose={onClose} />}
    >
      <div className="end-session">
        <Whose seen={seen} writing={writing} />
        <p>
          {words.rollsBack(logWords(writing), sinceWords(writing), visibleText(place.serverName))}
        </p>
        <p>{words.keepsNobodyOut(visibleText(writing.session?.program ?? words.application))}</p>
        <Button
          size="small"
          aria-expanded={showsScripts}
          onClick={() => {
            setShowsScripts(!showsScripts);
          }}
        >
          {showsScripts ? words.hideScripts : words.showScripts}
        </Button>
        {showsScripts ? <Scripts place={place} seen={seen} /> : null}
        <div role="status">
          {ending.kind === "asking" ? (
            <Spinner size="extra-tiny" label={words.asking(sessionName(seen))} />
          ) : null}
          {ending.kind === "told" ? (
            <ResultMark level={ending.words.level}>{ending.words.sentence}</ResultMark>
          ) : null}
        </div>
        {ending.kind === "failed" ? <ProblemView problem={ending.problem} /> : null}
        {ending.kind === "told" && ending.problem !== undefined ? (
          <ProblemView problem={ending.problem} />
        ) : null}
      </div>
    </AppDialog>
  );
}

/** One at a time: nothing is sent while an answer is awaited, and KILL once. */
function useEnding({ connectionId }: SessionPlace, seen: SeenSession | undefined) {
  const [ending, setEnding] = useState<Ending>({ kind: "notAsked" });
  const end = async () => {
    if (seen === undefined || connectionId === null || ending.kind !== "notAsked") return;
    setEnding({ kind: "asking" });
    const answer = await ask("session.end", { connectionId, ...seen });
    if (!answer.ok) {
      setEnding({ kind: "failed", problem: answer.error });
      return;
    }
    const problem = "problem" in answer.value ? answer.value.problem : undefined;
    setEnding({ kind: "told", words: endWords(answer.value, seen), problem });
  };
  const look = async () => {
    if (seen === undefined || connectionId === null) return;
    const { sessionId, loginTime } = seen;
    setEnding({ kind: "asking" });
    const answer = await ask("session.look", { connectionId, sessionId, loginTime });
    setEnding(
      answer.ok
        ? { kind: "told", words: lookWords(answer.value, seen), problem: undefined }
        : { kind: "failed", problem: answer.error },
    );
  };
  return { ending, end: () => void end(), look: () => void look() };
}

interface ActionsProps {
  readonly ending: Ending;
  readonly onEnd: () => void;
  readonly onLook: () => void;
  readonly onClose: () => void;
}

/** No button is filled before it is done: Enter ends nothing. */
function Actions({ ending, onEnd, onLook, onClose }: ActionsProps) {
  if (ending.kind === "notAsked") {
    return (
      <>
        <Button size="small" onClick={onClose}>
          {text.cancel}
        </Button>
        <Button size="small" onClick={onEnd}>
          {words.deed}
        </Button>
      </>
    );
  }
  const mayLook = ending.kind === "failed" || (ending.kind === "told" && ending.words.isOpen);
  return (
    <>
      {mayLook ? (
        <Button size="small" onClick={onLook}>
          {words.look}
        </Button>
      ) : null}
      <Button size="small" appearance="primary" onClick={onClose}>
        {text.close}
      </Button>
    </>
  );
}

function Whose({
  seen,
  writing,
}: {
  readonly seen: SeenSession;
  readonly writing: WritingSession;
}) {
  const { session, databaseName } = writing;
  const facts: readonly (readonly [string, string])[] = [
    [columns.login, seen.login],
    [columns.host, session?.host ?? text.ui.unknown],
    [columns.program, session?.program ?? text.ui.unknown],
    [words.process, seen.hostProcessId === null ? text.ui.unknown : String(seen.hostProcessId)],
    [words.loggedIn, seen.loginTime.replace("T", " ")],
    [columns.database, databaseName],
  ];
  return (
    <dl className="session-facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{visibleText(value)}</dd>
        </div>
      ))}
    </dl>
  );
}

function Scripts({ place, seen }: { readonly place: SessionPlace; readonly seen: SeenSession }) {
  const { groupId } = place;
  const files = [
    ...(groupId === undefined ? [] : keepOutScripts(place, groupId, [seen.login])),
    endSessionScript(place, seen),
  ];
  return (
    <div className="scripts">
      {files.map((script) => (
        <ScriptFile key={script.fileName} script={script} isShownFirst={false} />
      ))}
    </div>
  );
}
