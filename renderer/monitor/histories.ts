// The last hour of each link, as far as it was read. Pure.
import type { LinkRef } from "../../shared/estate/pair.ts";
import { sampleOf } from "../../shared/monitor/sample.ts";
import type { SampledEnd } from "../../shared/monitor/sample.ts";
import { noSeries, withSample } from "../../shared/monitor/series.ts";
import type { Series } from "../../shared/monitor/series.ts";
import type { LinkPicture, SidePicture } from "./link-picture.ts";

/** By `historyKey`. */
export type Histories = Readonly<Record<string, Series>>;

/** With more links than this only those that are shown are remembered: an hour of five hundred is no small thing. */
export const mostLinks = 50;

/** Two links of one name are two histories. */
export function historyKey({ pair, linkName }: LinkRef): string {
  return JSON.stringify([pair.box, pair.instance, linkName]);
}

/** One more sample of each of these links. */
export function historiesAfter(histories: Histories, pictures: readonly LinkPicture[]): Histories {
  const after = pictures.map((picture) => {
    const key = historyKey(picture);
    return [key, seriesAfter(histories[key] ?? noSeries, picture)] as const;
  });
  return { ...histories, ...Object.fromEntries(after) };
}

function seriesAfter(series: Series, picture: LinkPicture): Series {
  const { primary, sides } = picture;
  const secondary = primary === "box" ? "instance" : "box";
  const sample = sampleOf(
    {
      databases: picture.databases,
      hasPrimary: primary !== undefined,
      primary: primary && endOf(sides[primary]),
      secondary: primary && endOf(sides[secondary]),
    },
    series.levelAtMs,
  );
  // The moment of the newest try, so that an hour of silence is an hour of the chart.
  const triedMs = Math.max(triedAt(sides.box), triedAt(sides.instance));
  return triedMs === 0 ? series : withSample(series, { ...sample, atMs: triedMs });
}

function triedAt({ triedAt: at }: SidePicture): number {
  return at === undefined ? 0 : Date.parse(at);
}

function endOf({ answers, reading, end }: SidePicture): SampledEnd | undefined {
  if (!answers || reading === undefined || end === undefined) return undefined;
  return { atMs: Date.parse(reading.at), end };
}
