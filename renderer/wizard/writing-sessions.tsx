// The sessions that write on the primary, as the gate sees them: who has to stop.
import { countedWriters } from "../../shared/gate/obstacle.ts";
import type { WritingSession } from "../../shared/estate/estate.ts";
import { visibleText } from "../../shared/visible-text.ts";
import { isForced } from "./forced-type.ts";
import type { WizardControls } from "./use-wizard.ts";

export function WritingSessions({ controls }: { readonly controls: WizardControls }) {
  const { state, facts } = controls;
  const writers = state.gate?.last.writers;
  const server = facts[facts.primary ?? "box"].name;
  if (writers?.kind !== "seen") return null;
  const counted = countedWriters(writers.value);
  return (
    <section className="group" aria-label={`Sessions that write on ${server}`}>
      <h4>Sessions that write on {server}</h4>
      {counted.length === 0 ? (
        <p className="quiet">None is seen with an open writing transaction.</p>
      ) : (
        <>
          {isForced(state) ? (
            <p>{`Stop them first: what they commit on ${server} from now on is lost.`}</p>
          ) : null}
          <Sessions sessions={counted} />
        </>
      )}
    </section>
  );
}

function Sessions({ sessions }: { readonly sessions: readonly WritingSession[] }) {
  return (
    <table className="grid">
      <thead>
        <tr>
          {["Session", "Database", "Login", "Host", "Program", "Writing since"].map((title) => (
            <th key={title} scope="col">
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {sessions.map((one) => (
          <tr key={`${one.databaseName} ${one.transactionId}`}>
            <td>{one.session === undefined ? one.origin : String(one.session.sessionId)}</td>
            <td>{visibleText(one.databaseName)}</td>
            <td>{visibleText(one.session?.login ?? "unknown")}</td>
            <td>{visibleText(one.session?.host ?? "unknown")}</td>
            <td>{visibleText(one.session?.program ?? "unknown")}</td>
            <td className="whole">{one.since?.replace("T", " ").slice(0, 19) ?? "unknown"}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
