// The program's own log: by level and words, to copy, and followed while the window is open.
import { Button, Checkbox } from "@fluentui/react-components";
import { useEffect, useRef, useState } from "react";
import { logLevels } from "../../shared/log/entry.ts";
import type { LogEntry, LogLevel } from "../../shared/log/entry.ts";
import { useApiEvent, useRequest } from "../api.ts";
import { text } from "../text.ts";
import { AppDialog } from "../ui/app-dialog.tsx";
import { Choice } from "../ui/choice.tsx";
import { CopyButton } from "../ui/copy-button.tsx";
import { ProblemView } from "../ui/problem-view.tsx";
import { TextField } from "../ui/text-field.tsx";
import { lineText, mostLines, shownLines } from "./log-lines.ts";
import "./log.css";

export function LogDialog({ onClose }: { readonly onClose: () => void }) {
  const words = text.log;
  const { status, send } = useRequest("log.read");
  const [later, setLater] = useState<readonly LogEntry[]>([]);
  const [level, setLevel] = useState<LogLevel>("info");
  const [wanted, setWanted] = useState("");
  const [isFollowed, setFollowed] = useState(true);
  useEffect(() => {
    void send({});
  }, [send]);
  useApiEvent("log.entry", (entry) => {
    if (isFollowed) setLater((before) => [...before, entry].slice(-mostLines));
  });
  const entries = status.kind === "loaded" ? [...status.value, ...later] : later;
  const lines = shownLines(entries, { level, words: wanted });
  return (
    <AppDialog
      title={words.title}
      size="wide"
      onClose={onClose}
      actions={
        <>
          <CopyButton word={words.copy} textOf={() => lines.map(lineText).join("\n")} />
          <Button size="small" appearance="primary" onClick={onClose}>
            {text.close}
          </Button>
        </>
      }
    >
      <div className="log-filter">
        <Choice
          label={words.level}
          value={level}
          options={logLevels}
          words={words.levels}
          onChange={setLevel}
        />
        <TextField label={words.find} value={wanted} maxLength={100} onChange={setWanted} />
        <Checkbox
          label={words.follow}
          checked={isFollowed}
          onChange={(_event, { checked }) => {
            setFollowed(checked === true);
            setLater([]);
            void send({});
          }}
        />
      </div>
      {status.kind === "error" ? <ProblemView problem={status.error} /> : null}
      <p>{words.count(lines.length, entries.length)}</p>
      <Lines lines={lines} isFollowed={isFollowed} />
    </AppDialog>
  );
}

interface LinesProps {
  readonly lines: readonly LogEntry[];
  readonly isFollowed: boolean;
}

/** While it is followed the newest line stays in sight. */
function Lines({ lines, isFollowed }: LinesProps) {
  const list = useRef<HTMLOListElement>(null);
  const newest = lines.at(-1)?.at;
  useEffect(() => {
    if (isFollowed) list.current?.lastElementChild?.scrollIntoView({ block: "nearest" });
  }, [isFollowed, newest]);
  return (
    <ol ref={list} className="log-lines" tabIndex={0} aria-label={text.log.title}>
      {lines.map((entry, index) => (
        <li key={`${entry.at} ${String(index)}`} className={`log-${entry.level}`}>
          {lineText(entry)}
        </li>
      ))}
    </ol>
  );
}
