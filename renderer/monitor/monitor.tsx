// The document of one link: verdict, both sides, who still writes.
import { Tab, TabList } from "@fluentui/react-components";
import { PulseRegular } from "@fluentui/react-icons";
import type { ConnectionFacts } from "../../shared/ipc.ts";
import { visibleText } from "../../shared/visible-text.ts";
import type { EstateFeed } from "../explorer/estate-feed.ts";
import { useNow } from "../ui/use-now.ts";
import { Verdict } from "../ui/verdict.tsx";
import { linkPicture } from "./link-picture.ts";
import { MirrorTable } from "./mirror-table.tsx";
import { monitorVerdict } from "./monitor-verdict.ts";
import { SessionsTable } from "./sessions-table.tsx";
import { writersOf } from "./writers.ts";
import "./monitor.css";

export interface MonitorProps {
  readonly feed: EstateFeed;
  readonly linkName: string;
  readonly connections: readonly ConnectionFacts[];
}

export function Monitor({ feed, linkName, connections }: MonitorProps) {
  const now = useNow(1000);
  const picture = linkPicture(feed, linkName);
  const state = feed.links.find(({ look }) => look.link.name === linkName)?.state;
  if (picture === undefined) return null;
  const verdict = monitorVerdict(
    picture,
    state ?? { kind: "unreachable", where: "both", sentence: "neither server answers." },
  );
  return (
    <div className="monitor">
      <div className="document-head">
        <TabList size="small" selectedValue="monitor">
          <Tab value="monitor" icon={<PulseRegular />}>
            {visibleText(linkName)}
          </Tab>
        </TabList>
        <span className="document-hint">Read every 5 s, both sides at once</span>
      </div>
      <Verdict {...verdict} />
      <div className="monitor-body">
        <MirrorTable
          picture={picture}
          isSplitBrain={state?.kind === "splitBrain"}
          connections={connections}
          now={now}
        />
        <SessionsTable writers={writersOf(picture)} />
      </div>
    </div>
  );
}
