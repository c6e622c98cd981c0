// The sessions with an open transaction that writes, sorted at will, each to be ended by its button.
import { Button } from "@fluentui/react-components";
import { ArrowDownRegular, ArrowUpRegular } from "@fluentui/react-icons";
import { useState } from "react";
import type { WritingSession } from "../../shared/estate/estate.ts";
import { endable } from "../../shared/sessions/session-end.ts";
import { visibleText } from "../../shared/visible-text.ts";
import { text } from "../text.ts";
import { EndSessionDialog } from "./end-session-dialog.tsx";
import { KeepOutDialog } from "./keep-out-dialog.tsx";
import type { SessionPlace } from "./place.ts";
import { loginsOf } from "./place.ts";
import { logWords, sinceWords } from "./session-words.ts";
import type { SessionColumn, SessionOrder } from "./sort-sessions.ts";
import { longestFirst, orderAfterClick, sessionColumns, sorted } from "./sort-sessions.ts";
import "./sessions.css";

const words = text.sessions;

export interface SessionsGridProps {
  readonly place: SessionPlace;
  readonly sessions: readonly WritingSession[];
  /** Said instead of the table while there is none; undefined: nobody knows. */
  readonly empty: string | undefined;
}

type Opened =
  | { readonly kind: "end"; readonly place: SessionPlace; readonly writing: WritingSession }
  | { readonly kind: "keepOut"; readonly place: SessionPlace; readonly logins: readonly string[] };

/** Stays where it is while the list empties: what was begun in its dialogs is read to the end. */
export function SessionsGrid({ place, sessions, empty }: SessionsGridProps) {
  const [order, setOrder] = useState<SessionOrder>(longestFirst);
  const [opened, setOpened] = useState<Opened>();
  const logins = loginsOf(sessions);
  const close = () => {
    setOpened(undefined);
  };
  return (
    <>
      {sessions.length === 0 ? (
        empty === undefined ? null : (
          <p className="quiet">{empty}</p>
        )
      ) : (
        <table className="grid">
          <Heads order={order} onOrder={setOrder} />
          <tbody>
            {sorted(sessions, order).map((one) => (
              <Row
                key={`${one.databaseName} ${one.transactionId} ${String(one.session?.sessionId)}`}
                writing={one}
                onEnd={
                  endable(place.serverName, one) === undefined
                    ? undefined
                    : () => {
                        setOpened({ kind: "end", place, writing: one });
                      }
                }
              />
            ))}
          </tbody>
        </table>
      )}
      {logins.length === 0 || place.groupId === undefined ? null : (
        <Button
          size="small"
          appearance="subtle"
          onClick={() => {
            setOpened({ kind: "keepOut", place, logins });
          }}
        >
          {words.keepOut.word}
        </Button>
      )}
      {opened?.kind === "end" ? <EndSessionDialog {...opened} onClose={close} /> : null}
      {opened?.kind === "keepOut" ? <KeepOutDialog {...opened} onClose={close} /> : null}
    </>
  );
}

interface HeadsProps {
  readonly order: SessionOrder;
  readonly onOrder: (order: SessionOrder) => void;
}

function Heads({ order, onOrder }: HeadsProps) {
  return (
    <thead>
      <tr>
        {sessionColumns.map((column) => (
          <th
            key={column}
            scope="col"
            className={classOf(column)}
            aria-sort={order.column === column ? order.direction : "none"}
          >
            <button
              type="button"
              className="sort-head"
              onClick={() => {
                onOrder(orderAfterClick(order, column));
              }}
            >
              {words.columns[column]}
              <SortSign order={order} column={column} />
            </button>
          </th>
        ))}
        <th scope="col">{words.stopIt}</th>
      </tr>
    </thead>
  );
}

function SortSign({
  order,
  column,
}: {
  readonly order: SessionOrder;
  readonly column: SessionColumn;
}) {
  if (order.column !== column) return null;
  return order.direction === "ascending" ? (
    <ArrowUpRegular aria-hidden="true" />
  ) : (
    <ArrowDownRegular aria-hidden="true" />
  );
}

function classOf(column: SessionColumn): string {
  const optional = column === "session" || column === "host" ? " optional" : "";
  return (column === "session" || column === "log" ? "grid-number" : "") + optional;
}

interface RowProps {
  readonly writing: WritingSession;
  /** Undefined for what KILL does not reach. */
  readonly onEnd: (() => void) | undefined;
}

function Row({ writing, onEnd }: RowProps) {
  const { session } = writing;
  return (
    <tr>
      <td className={classOf("session")}>{session?.sessionId ?? "-"}</td>
      <td>{session === undefined ? withoutSession(writing) : visibleText(session.login)}</td>
      <td className={classOf("host")}>{told(writing, session?.host)}</td>
      <td>{told(writing, session?.program)}</td>
      <td>{visibleText(writing.databaseName)}</td>
      <td className="whole">{sinceWords(writing)}</td>
      <td className={classOf("log")}>{logWords(writing)}</td>
      <td>
        {onEnd === undefined ? (
          "-"
        ) : (
          <Button
            size="small"
            appearance="subtle"
            aria-label={words.end.label(String(session?.sessionId))}
            onClick={onEnd}
          >
            {words.end.word}
          </Button>
        )}
      </td>
    </tr>
  );
}

function withoutSession({ origin }: WritingSession): string {
  return origin === "distributed" ? words.without.distributed : words.without.unseen;
}

/** What a session does not tell is unknown; without a session there is nothing to tell. */
function told({ session }: WritingSession, value: string | null | undefined): string {
  if (session === undefined) return "-";
  return value === null || value === undefined || value === ""
    ? text.ui.unknown
    : visibleText(value);
}
