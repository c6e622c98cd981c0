// The document beside Object Explorer: the selected link, or what to do to see one. Interrupted runs stand above both.
import { Button } from "@fluentui/react-components";
import type { ReactNode } from "react";
import type { RepairToDo } from "../../shared/repair/to-do.ts";
import type { LeftRunFacts, ConnectionFacts } from "../../shared/ipc.ts";
import { visibleText } from "../../shared/visible-text.ts";
import type { LinkRef } from "../../shared/estate/pair.ts";
import { brokenByName } from "../explorer/estate-feed.ts";
import type { EstateFeed } from "../explorer/estate-feed.ts";
import { Monitor } from "../monitor/monitor.tsx";
import { useLiveLink } from "../monitor/use-live-link.ts";
import { text } from "../text.ts";
import { Verdict } from "../ui/verdict.tsx";

export interface DocumentProps {
  readonly feed: EstateFeed;
  readonly link: LinkRef | undefined;
  readonly connections: readonly ConnectionFacts[];
  readonly leftRuns: readonly LeftRunFacts[];
  readonly toDos: readonly RepairToDo[];
  /** Opens the repair of that link; undefined while it cannot be repaired from here. */
  readonly repairOf: (link: LinkRef) => (() => void) | undefined;
  /** A window stands over the document. */
  readonly isCovered: boolean;
  /** Below what is said while no link is shown. */
  readonly start: ReactNode;
}

export function Document(props: DocumentProps) {
  const { feed, link, connections, leftRuns, toDos, repairOf, isCovered } = props;
  const live = useLiveLink({ feed, link, isCovered });
  const repairByName = (linkName: string) => {
    const broken = brokenByName(feed, linkName);
    return broken && repairOf(broken);
  };
  return (
    <main className="document" tabIndex={-1}>
      {leftRuns.map((left) => (
        <LeftRun key={left.runId} left={left} />
      ))}
      {toDos.map((toDo) => (
        <ToDo key={toDo.sentence} toDo={toDo} onRepair={repairByName(toDo.linkName)} />
      ))}
      {link === undefined ? (
        <>
          <Start isConnected={connections.length > 0} isRead={feed.read !== undefined} />
          {props.start}
        </>
      ) : (
        <Monitor
          feed={live.feed}
          told={feed}
          series={live.series}
          link={link}
          connections={connections}
          isWatched={!isCovered}
        />
      )}
    </main>
  );
}

function Start({
  isConnected,
  isRead,
}: {
  readonly isConnected: boolean;
  readonly isRead: boolean;
}) {
  const { start } = text;
  if (!isConnected) return <Verdict tone="neutral" sentence={start.sentence} more={start.more} />;
  if (!isRead) return <Verdict tone="neutral" sentence={start.reading} />;
  return <Verdict tone="neutral" sentence={start.select} more={start.selectMore} />;
}

function LeftRun({ left }: { readonly left: LeftRunFacts }) {
  return (
    <section className="left-run" aria-label={text.left.title}>
      <Verdict tone="attention" sentence={visibleText(left.summary)} />
      <Lines title={text.left.seen} lines={left.seen} />
      <Lines title={text.left.toDo} lines={left.toDo} />
    </section>
  );
}

interface ToDoProps {
  readonly toDo: RepairToDo;
  readonly onRepair: (() => void) | undefined;
}

function ToDo({ toDo, onRepair }: ToDoProps) {
  return (
    <section className="left-run" aria-label={text.repairs.title}>
      <Verdict
        tone="loss"
        sentence={visibleText(toDo.sentence)}
        action={
          <Button size="small" disabledFocusable={onRepair === undefined} onClick={onRepair}>
            {text.repairs.open(visibleText(toDo.linkName))}
          </Button>
        }
      />
    </section>
  );
}

function Lines({ title, lines }: { readonly title: string; readonly lines: readonly string[] }) {
  if (lines.length === 0) return null;
  return (
    <>
      <h3>{title}</h3>
      <ul>
        {lines.map((line) => (
          <li key={line}>{visibleText(line)}</li>
        ))}
      </ul>
    </>
  );
}
