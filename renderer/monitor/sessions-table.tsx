// The sessions that still write on one side: the primary at first, the other at will.
import { useState } from "react";
import type { Side } from "../../shared/estate/estate.ts";
import type { ConnectionFacts } from "../../shared/ipc.ts";
import { visibleText } from "../../shared/visible-text.ts";
import { serverPlace } from "../sessions/place.ts";
import type { SessionPlace } from "../sessions/place.ts";
import { SessionsGrid } from "../sessions/sessions-grid.tsx";
import { useUnseenWriter } from "../sessions/use-unseen-writer.ts";
import { text } from "../text.ts";
import { Choice } from "../ui/choice.tsx";
import { ResultMark } from "../ui/result-mark.tsx";
import { shortName } from "../ui/short-name.ts";
import type { LinkPicture } from "./link-picture.ts";
import { writersOn } from "./writers.ts";

const words = text.monitor.writing;

export interface SessionsTableProps {
  readonly picture: LinkPicture;
  readonly connections: readonly ConnectionFacts[];
}

export function SessionsTable({ picture, connections }: SessionsTableProps) {
  const [chosen, setChosen] = useState<Side>();
  const side = chosen ?? picture.primary ?? "box";
  const seen = picture.sides[side];
  const writers = writersOn(seen, picture.databases);
  const unseen = useUnseenWriter(seen, picture.databases);
  const place: SessionPlace = {
    ...serverPlace(connections, picture.pair, side),
    linkName: picture.linkName,
    serverName: seen.name,
    groupId: seen.end?.group.groupId,
  };
  const title = words.title(visibleText(shortName(side, seen.name)));
  const { box, instance } = picture.sides;
  return (
    <section className="sessions" aria-label={title}>
      <h3>
        {title}{" "}
        <span className="sessions-count">
          {writers.kind === "seen" ? writers.sessions.length : text.ui.unknown}
        </span>
      </h3>
      <Choice
        label={words.side}
        value={side}
        options={["box", "instance"]}
        words={{
          box: visibleText(shortName("box", box.name)),
          instance: visibleText(shortName("instance", instance.name)),
        }}
        onChange={setChosen}
      />
      {unseen === undefined ? null : (
        <p>
          <ResultMark level="waits">{unseen}</ResultMark>
        </p>
      )}
      {writers.kind === "unknown" ? <p>{words.notKnown(visibleText(writers.because))}</p> : null}
      <SessionsGrid
        place={place}
        sessions={writers.kind === "seen" ? writers.sessions : []}
        empty={writers.kind === "seen" ? words.none : undefined}
      />
    </section>
  );
}
