// Pairs that were connected before: each opens with both sides filled in, and can be pinned, renamed and removed.
import { Button } from "@fluentui/react-components";
import { DeleteRegular, PinFilled, PinRegular, RenameRegular } from "@fluentui/react-icons";
import { useState } from "react";
import type { SavedPairFacts } from "../../shared/connect/contract.ts";
import { EnvironmentMark } from "../ui/environment-mark.tsx";
import { ProblemView } from "../ui/problem-view.tsx";
import { TextField } from "../ui/text-field.tsx";
import { PairFileButtons } from "./pair-file-buttons.tsx";
import { pairName, pairPlaces } from "./pair-name.ts";
import { pairWords as words } from "./pair-words.ts";
import type { Pairs } from "./use-pairs.ts";
import "./pairs.css";

export interface PairListProps {
  readonly pairs: Pairs;
  /** Undefined: a window is open, and it is never thrown away for another. */
  readonly onOpen: ((pairId: string) => void) | undefined;
}

export function PairList({ pairs, onOpen }: PairListProps) {
  const [renamed, rename] = useState<string>();
  const known = pairs.saved?.pairs ?? [];
  return (
    <>
      <section className="pairs" aria-label={words.list}>
        <h3>{words.list}</h3>
        {known.length === 0 ? null : (
          <ul>
            {known.map((pair) => (
              <li key={pair.pairId}>
                {renamed === pair.pairId ? (
                  <Rename
                    pair={pair}
                    onSave={(name) => {
                      pairs.change(pair.pairId, { kind: "rename", name });
                      rename(undefined);
                    }}
                  />
                ) : (
                  <Row pair={pair} change={pairs.change} onOpen={onOpen} onRename={rename} />
                )}
              </li>
            ))}
          </ul>
        )}
        <PairFileButtons hasPairs={known.length > 0} onImported={pairs.read} />
      </section>
      {pairs.problem === undefined ? null : <ProblemView problem={pairs.problem} />}
    </>
  );
}

interface RowProps extends Pick<PairListProps, "onOpen"> {
  readonly pair: SavedPairFacts;
  readonly change: Pairs["change"];
  readonly onRename: (pairId: string) => void;
}

function Row({ pair, change, onOpen, onRename }: RowProps) {
  const { pairId, isPinned } = pair;
  const name = pairName(pair);
  const does = [
    [
      isPinned ? words.unpin(name) : words.pin(name),
      isPinned ? <PinFilled key="pin" /> : <PinRegular key="pin" />,
      () => {
        change(pairId, { kind: "pin", isPinned: !isPinned });
      },
    ],
    [
      words.rename(name),
      <RenameRegular key="rename" />,
      () => {
        onRename(pairId);
      },
    ],
    [
      words.remove(name),
      <DeleteRegular key="remove" />,
      () => {
        change(pairId, { kind: "remove" });
      },
    ],
  ] as const;
  return (
    <>
      <Button
        size="small"
        appearance="subtle"
        className="pair-open"
        disabledFocusable={onOpen === undefined}
        onClick={() => {
          onOpen?.(pairId);
        }}
      >
        <span>
          <b>{name}</b> <EnvironmentMark environment={pair.environment} />
        </span>
        <span className="pair-places">{pairPlaces(pair)}</span>
      </Button>
      {does.map(([label, icon, onClick]) => (
        <Button
          key={label}
          size="small"
          appearance="subtle"
          icon={icon}
          aria-label={label}
          title={label}
          onClick={onClick}
        />
      ))}
    </>
  );
}

interface RenameProps {
  readonly pair: SavedPairFacts;
  readonly onSave: (name: string | null) => void;
}

function Rename({ pair, onSave }: RenameProps) {
  const [name, setName] = useState(pair.name ?? "");
  return (
    <form
      className="pair-rename"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        onSave(name.trim() === "" ? null : name.trim());
      }}
    >
      <TextField
        label={words.newName}
        value={name}
        hint={words.newNameHint}
        maxLength={100}
        onChange={setName}
      />
      <Button size="small" type="submit">
        {words.save}
      </Button>
    </form>
  );
}
