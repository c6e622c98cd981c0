// The sessions that write on the primary, as the gate sees them: who has to stop.
import { countedWriters } from "../../shared/gate/obstacle.ts";
import { findLinks } from "../../shared/estate/find-links.ts";
import { serverPlace } from "../sessions/place.ts";
import type { SessionPlace } from "../sessions/place.ts";
import { SessionsGrid } from "../sessions/sessions-grid.tsx";
import { text } from "../text.ts";
import { isForced } from "./forced-type.ts";
import type { WizardControls } from "./use-wizard.ts";

const words = text.wizard.writing;

export function WritingSessions({ controls }: { readonly controls: WizardControls }) {
  const { state, facts } = controls;
  const writers = state.gate?.last.writers;
  const side = facts.primary ?? "box";
  const { name, serverName } = facts[side];
  if (writers?.kind !== "seen") return null;
  const counted = countedWriters(writers.value);
  const end = findLinks(state.estate).links.find((one) => one.name === state.linkName)?.[side];
  const place: SessionPlace = {
    ...serverPlace(state.connections, state.pair, side),
    linkName: state.linkName,
    serverName,
    groupId: end?.kind === "seen" ? end.group.groupId : undefined,
  };
  return (
    <section className="group" aria-label={words.title(name)}>
      <h4>{words.title(name)}</h4>
      {counted.length > 0 && isForced(state) ? <p>{words.stopFirst(name)}</p> : null}
      <SessionsGrid place={place} sessions={counted} empty={words.none} />
    </section>
  );
}
