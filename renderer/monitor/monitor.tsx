// The document of one link: verdict, both sides, the last hour, who still writes.
import { Tab, TabList } from "@fluentui/react-components";
import { PulseRegular } from "@fluentui/react-icons";
import type { ConnectionFacts } from "../../shared/ipc.ts";
import { catchUp } from "../../shared/monitor/catch-up.ts";
import type { Series } from "../../shared/monitor/series.ts";
import { visibleText } from "../../shared/visible-text.ts";
import type { LinkRef } from "../../shared/estate/pair.ts";
import { linkIn } from "../explorer/estate-feed.ts";
import type { EstateFeed } from "../explorer/estate-feed.ts";
import { text } from "../text.ts";
import { useNow } from "../ui/use-now.ts";
import { Verdict } from "../ui/verdict.tsx";
import { HistoryPanel } from "./history-panel.tsx";
import { linkPicture } from "./link-picture.ts";
import { MirrorTable } from "./mirror-table.tsx";
import { monitorVerdict } from "./monitor-verdict.ts";
import { SessionsTable } from "./sessions-table.tsx";
import { slowFactsOf } from "./slow-facts.ts";
import { useLogUse } from "./use-log-use.ts";
import "./monitor.css";

export interface MonitorProps {
  /** With what was read of this link every second. */
  readonly feed: EstateFeed;
  /** The readings of everything, which come less often. */
  readonly told: EstateFeed;
  readonly series: Series;
  readonly link: LinkRef;
  readonly connections: readonly ConnectionFacts[];
  /** It is read every second. */
  readonly isWatched: boolean;
}

export function Monitor(props: MonitorProps) {
  const { feed, told, series, link, connections, isWatched } = props;
  const now = useNow(1000);
  const picture = linkPicture(feed, link);
  const logUse = useLogUse(link.pair, picture?.databases ?? []);
  const state = linkIn(feed, link)?.state;
  if (picture === undefined) return null;
  const verdict = monitorVerdict(
    picture,
    state ?? { kind: "unreachable", where: "both", sentence: text.monitor.neitherAnswers },
    catchUp(series),
  );
  return (
    <div className="monitor">
      <div className="document-head">
        <TabList size="small" selectedValue="monitor">
          <Tab value="monitor" icon={<PulseRegular />}>
            {visibleText(link.linkName)}
          </Tab>
        </TabList>
        <span className="document-hint">{text.monitor.readEvery(isWatched ? 1 : 5)}</span>
      </div>
      <Verdict {...verdict} />
      <div className="monitor-body" tabIndex={0} role="region" aria-label={text.monitor.body}>
        <MirrorTable
          picture={picture}
          isSplitBrain={state?.kind === "splitBrain"}
          connections={connections.filter((one) => link.pair[one.side] === one.connectionId)}
          slow={slowFactsOf(told, link.pair, logUse)}
          now={now}
        />
        <div className="monitor-lower">
          <HistoryPanel picture={picture} series={series} />
          <SessionsTable picture={picture} connections={connections} />
        </div>
      </div>
    </div>
  );
}
