// Import and export of the remembered pairs: a file without secrets.
import { Button } from "@fluentui/react-components";
import { useRef, useState } from "react";
import { mostCharacters, tooLarge } from "../../shared/connect/pair-exchange.ts";
import type { Problem } from "../../shared/errors/app-error.ts";
import type { RequestOutput } from "../../shared/ipc.ts";
import { useRequest } from "../api.ts";
import { useSave } from "../report/use-save.tsx";
import { ProblemView } from "../ui/problem-view.tsx";
import { pairWords as words } from "./pair-words.ts";

export interface PairFileButtonsProps {
  readonly hasPairs: boolean;
  readonly onImported: () => void;
}

export function PairFileButtons({ hasPairs, onImported }: PairFileButtonsProps) {
  const input = useRef<HTMLInputElement>(null);
  const importing = useRequest("pairs.import");
  const exporting = useRequest("pairs.export");
  const [unread, setUnread] = useState<Problem>();
  const { save, view } = useSave();
  const take = async (file: File) => {
    // Not read at all where it is surely too large.
    const tooMuch = file.size > 4 * mostCharacters;
    const text = tooMuch ? "" : await file.text();
    if (tooMuch || text.length > mostCharacters) {
      importing.reset();
      setUnread(tooLarge().problem);
      return;
    }
    setUnread(undefined);
    const answer = await importing.send({ text });
    if (answer?.ok === true) onImported();
  };
  const give = async () => {
    const answer = await exporting.send({});
    if (answer?.ok === true) save({ suggestedName: words.exportName, text: answer.value.text });
  };
  const { status } = importing;
  const problem = unread ?? (status.kind === "error" ? status.error : undefined);
  return (
    <div className="pair-file">
      <input
        ref={input}
        type="file"
        accept=".json,application/json"
        hidden
        onChange={({ target }) => {
          const [file] = target.files ?? [];
          if (file !== undefined) void take(file);
          // The same file can be chosen again once it is corrected.
          target.value = "";
        }}
      />
      <Button size="small" onClick={() => input.current?.click()}>
        {words.import}
      </Button>
      <Button size="small" disabledFocusable={!hasPairs} onClick={() => void give()}>
        {words.export}
      </Button>
      {status.kind === "loaded" && unread === undefined ? (
        <p role="status">{importedWords(status.value)}</p>
      ) : null}
      {problem === undefined ? null : <ProblemView problem={problem} />}
      {view}
    </div>
  );
}

function importedWords({ added, merged, leftOut }: RequestOutput<"pairs.import">): string {
  return words.imported(added, merged, leftOut);
}
