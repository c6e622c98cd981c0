// Which link is gone, and what it left behind: each a tick, none by default; what is used is locked with the reason.
import { Checkbox, Spinner } from "@fluentui/react-components";
import type { Finding } from "../../shared/checks/finding.ts";
import type { RequestOutput } from "../../shared/ipc.ts";
import { visibleText } from "../../shared/visible-text.ts";
import { text } from "../text.ts";
import { TextField } from "../ui/text-field.tsx";
import { FindingsList } from "./findings-list.tsx";
import { afterTick, byHand, leftoverRows } from "./leftover-rows.ts";

const words = text.tasks.cleanUp;

export interface LeftoversPageProps {
  /** Undefined before the first reading. */
  readonly found: RequestOutput<"leftovers.list"> | undefined;
  readonly linkName: string;
  readonly chosen: readonly string[];
  /** Why no plan was made of what is ticked. */
  readonly refused: readonly Finding[];
  readonly onName: (linkName: string) => void;
  readonly onTicks: (chosen: readonly string[]) => void;
}

export function LeftoversPage(props: LeftoversPageProps) {
  const { found, linkName, refused, onName } = props;
  return (
    <>
      <p>{words.lead}</p>
      <TextField
        label={words.link}
        value={linkName}
        maxLength={128}
        hint={words.linkHint}
        onChange={onName}
      />
      <FindingsList title={words.refused} findings={refused} />
      {found === undefined ? <Spinner size="extra-tiny" label={words.reading} /> : null}
      {found === undefined ? null : <Found {...props} found={found} />}
    </>
  );
}

type FoundProps = LeftoversPageProps & {
  readonly found: NonNullable<LeftoversPageProps["found"]>;
};

function Found({ found, chosen, onTicks }: FoundProps) {
  const { leftovers, unread, isAzureAsked } = found;
  const rows = leftoverRows(leftovers, chosen);
  const notes = byHand(leftovers);
  return (
    <>
      <section className="group" aria-label={words.list}>
        <h4>{words.list}</h4>
        {rows.length === 0 && unread.length === 0 ? <p>{words.nothing}</p> : null}
        <ul className="leftovers">
          {rows.map(({ key, sentence, isTicked, lock }) => (
            <li key={key}>
              <Checkbox
                label={visibleText(sentence)}
                checked={isTicked}
                disabled={lock !== undefined}
                onChange={() => {
                  onTicks(afterTick(leftovers, chosen, key));
                }}
              />
              {lock === undefined ? null : <p className="lock">{visibleText(lock)}</p>}
            </li>
          ))}
        </ul>
        {isAzureAsked ? null : <p className="quiet">{words.noAzure}</p>}
      </section>
      {notes.length === 0 ? null : (
        <section className="group" aria-label={words.byHand}>
          <h4>{words.byHand}</h4>
          <ul>
            {notes.map((note) => (
              <li key={note}>{visibleText(note)}</li>
            ))}
          </ul>
        </section>
      )}
      <FindingsList title={words.notRead} findings={unread} />
    </>
  );
}
