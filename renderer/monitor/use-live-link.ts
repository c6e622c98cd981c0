// Has the link that is shown read every second, and remembers the last hour of every link.
import { useEffect, useMemo, useState } from "react";
import { isSameLink, noPair } from "../../shared/estate/pair.ts";
import type { LinkRef, Pair } from "../../shared/estate/pair.ts";
import { refOf } from "../../shared/estate/paired-links.ts";
import { noSeries } from "../../shared/monitor/series.ts";
import type { Series } from "../../shared/monitor/series.ts";
import { ask, useApiEvent } from "../api.ts";
import type { EstateFeed } from "../explorer/estate-feed.ts";
import { historiesAfter, historyKey, mostLinks } from "./histories.ts";
import type { Histories } from "./histories.ts";
import { linkPicture } from "./link-picture.ts";
import { feedOfPair, silentAsTold, withLive } from "./live-feed.ts";
import type { LiveSeen } from "./live-feed.ts";

export interface LiveLinkOptions {
  readonly feed: EstateFeed;
  /** The link that is shown; undefined: none is. */
  readonly link: LinkRef | undefined;
  /** A window stands over it: then nobody watches, and the feed's own readings are enough. */
  readonly isCovered: boolean;
}

export interface LiveLink {
  readonly feed: EstateFeed;
  readonly series: Series;
}

type Reads = Readonly<Record<string, LiveSeen>>;

export function useLiveLink({ link, ...options }: LiveLinkOptions): LiveLink {
  const isWatched = link !== undefined && !options.isCovered;
  const reads = useLiveReads(link?.pair ?? noPair, isWatched);
  const { box = null, instance = null } = link?.pair ?? {};
  const ofPair = useMemo(
    () => feedOfPair(options.feed, { box, instance }),
    [options.feed, box, instance],
  );
  const [known, setKnown] = useState<Known>(nothingKnown);
  const feed = useMemo(
    () => silentAsTold(isWatched ? withLive(ofPair, reads) : ofPair, known.silentSince),
    [isWatched, ofPair, reads, known.silentSince],
  );
  if (known.feed !== options.feed || known.reads !== reads) {
    const links = known.feed === options.feed ? [] : remembered(options.feed);
    const pictures = links.flatMap((one) => linkPicture(options.feed, one) ?? []);
    const shown = link === undefined ? undefined : linkPicture(feed, link);
    const histories = historiesAfter(
      known.histories,
      shown === undefined
        ? pictures
        : [...pictures.filter((one) => !isSameLink(one, shown)), shown],
    );
    setKnown({ feed: options.feed, reads, histories, silentSince: feed.silentSince });
  }
  const series = link && known.histories[historyKey(link)];
  return { feed, series: series ?? noSeries };
}

interface Known {
  readonly feed: EstateFeed | undefined;
  readonly reads: readonly LiveSeen[];
  readonly histories: Histories;
  readonly silentSince: EstateFeed["silentSince"];
}

const nothingKnown: Known = { feed: undefined, reads: [], histories: {}, silentSince: {} };

function remembered({ known }: EstateFeed): readonly LinkRef[] {
  return known.length > mostLinks ? [] : known.map(refOf);
}

/** Asked again this often: a watch that could not begin, or was ended, begins again; one that goes on is left alone. */
const askEveryMs = 5000;

/** The newest answer of each of these servers, the same list until one more is in. */
function useLiveReads({ box, instance }: Pair, isWatched: boolean): readonly LiveSeen[] {
  const [reads, setReads] = useState<Reads>({});
  const ids = [box, instance].filter((id) => id !== null).join(" ");
  useApiEvent("live", (read) => {
    setReads((before) => {
      const answered = read.answer.kind === "read" ? read : before[read.connectionId]?.answered;
      return { ...before, [read.connectionId]: { newest: read, answered } };
    });
  });
  useEffect(() => {
    if (!isWatched || ids === "") return undefined;
    const watch = () => void ask("live.watch", { connectionIds: ids.split(" ") });
    watch();
    const timer = setInterval(watch, askEveryMs);
    return () => {
      clearInterval(timer);
      void ask("live.unwatch", {});
    };
  }, [isWatched, ids]);
  return useMemo(
    () => ids.split(" ").flatMap((connectionId) => reads[connectionId] ?? []),
    [reads, ids],
  );
}
