// Who still connects to the side that was primary: asked for by hand, as often as wanted; each answer goes into the report.
import { Button, Spinner } from "@fluentui/react-components";
import type { Side } from "../../shared/estate/estate.ts";
import { pairOfPlan } from "../../shared/estate/pair.ts";
import type { Plan } from "../../shared/plan/plan.ts";
import type { Connected, ConnectedSession } from "../../shared/sessions/connected.ts";
import { connectedNote, connectedSentence } from "../../shared/sessions/connected.ts";
import { visibleText } from "../../shared/visible-text.ts";
import { useRequest } from "../api.ts";
import { knownValue } from "../request-status.ts";
import { useConnections } from "../shell/use-connections.ts";
import { text } from "../text.ts";
import { ProblemView } from "../ui/problem-view.tsx";
import { ResultMark } from "../ui/result-mark.tsx";
import { shortName } from "../ui/short-name.ts";

const words = text.report.connected;

export interface ConnectedViewProps {
  readonly plan: Plan;
  readonly side: Side;
  /** The run that the answer is kept with. */
  readonly runId: string;
}

export function ConnectedView({ plan, side, runId }: ConnectedViewProps) {
  const { status, isBusy, send } = useRequest("sessions.connected");
  const pair = pairOfPlan(useConnections(), plan);
  const { serverName } = plan[side];
  const server = visibleText(shortName(side, serverName));
  const title = words.title(server);
  const found = knownValue(status);
  return (
    <section className="group" aria-label={title}>
      <h4>{title}</h4>
      <Button
        size="small"
        disabledFocusable={isBusy}
        icon={isBusy ? <Spinner size="extra-tiny" /> : undefined}
        onClick={() => void send({ pair, side, databases: [...plan.link.databases], runId })}
      >
        {found === undefined ? words.read : text.ui.readAgain}
      </Button>
      <div role="status">
        {status.kind === "error" ? <ProblemView problem={status.error} /> : null}
        {found === undefined ? null : <Found connected={found} server={serverName} />}
      </div>
    </section>
  );
}

interface FoundProps {
  readonly connected: Connected;
  readonly server: string;
}

function Found({ connected, server }: FoundProps) {
  const isNobody = connected.kind === "seen" && connected.sessions.length === 0;
  const level = connected.kind === "unreadable" ? "unknown" : isNobody ? "passed" : "warning";
  return (
    <>
      <ResultMark level={level}>{visibleText(connectedSentence(connected, server))}</ResultMark>
      {connected.kind === "unreadable" || isNobody ? null : (
        <Sessions sessions={connected.sessions} />
      )}
      {connected.kind === "seen" ? (
        <p className="quiet">{words.readAt(visibleText(connected.serverTime), connectedNote)}</p>
      ) : null}
    </>
  );
}

function Sessions({ sessions }: { readonly sessions: readonly ConnectedSession[] }) {
  return (
    <table className="grid">
      <thead>
        <tr>
          {text.sessions.connectedColumns.map((title) => (
            <th key={title} scope="col">
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {sessions.map((one) => (
          <tr key={one.sessionId}>
            <td>{one.sessionId}</td>
            <td>{visibleText(one.login)}</td>
            <td>{visibleText(one.host ?? text.ui.unknown)}</td>
            <td>{visibleText(one.program ?? text.ui.unknown)}</td>
            <td>{visibleText(one.database)}</td>
            <td className="whole">
              {one.lastRequest?.replace("T", " ").slice(0, 19) ?? text.ui.unknown}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
