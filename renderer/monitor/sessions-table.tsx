// The sessions that still write on the primary.
import type { WritingSession } from "../../shared/estate/estate.ts";
import { visibleText } from "../../shared/visible-text.ts";
import { clockTime, kilobytes } from "./units.ts";
import type { Writers } from "./writers.ts";

export function SessionsTable({ writers }: { readonly writers: Writers }) {
  if (writers.kind === "unknown") return null;
  const title = `Still writing on ${writers.server}`;
  return (
    <section className="sessions" aria-label={title}>
      <h3>
        {title} <span className="sessions-count">{writers.sessions.length}</span>
      </h3>
      {writers.sessions.length === 0 ? (
        <p>No session has an open transaction that writes.</p>
      ) : (
        <table className="grid">
          <thead>
            <tr>
              <th scope="col" className="grid-number optional">
                SPID
              </th>
              <th scope="col">Login</th>
              <th scope="col" className="optional">
                Host
              </th>
              <th scope="col">Program</th>
              <th scope="col">Database</th>
              <th scope="col">Open since</th>
              <th scope="col" className="grid-number">
                Log
              </th>
            </tr>
          </thead>
          <tbody>
            {writers.sessions.map((one) => (
              <SessionRow key={one.transactionId} writing={one} />
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

function SessionRow({ writing }: { readonly writing: WritingSession }) {
  const { session } = writing;
  const words = (value: string | null | undefined) => visibleText(value ?? "-");
  return (
    <tr>
      <td className="grid-number optional">{session === undefined ? "-" : session.sessionId}</td>
      <td>{words(session?.login ?? writing.origin)}</td>
      <td className="optional">{words(session?.host)}</td>
      <td>{words(session?.program)}</td>
      <td>{visibleText(writing.databaseName)}</td>
      <td>{clockTime(writing.since)}</td>
      <td className="grid-number">
        {kilobytes(writing.logBytes === null ? null : writing.logBytes / 1024)}
      </td>
    </tr>
  );
}
