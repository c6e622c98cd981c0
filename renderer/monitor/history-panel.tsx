// The last hour of a link: the chart for the eye, and the same as a table for everybody.
import type { Series } from "../../shared/monitor/series.ts";
import { catchUp } from "../../shared/monitor/catch-up.ts";
import { text } from "../text.ts";
import { HistoryChart } from "./history-chart.tsx";
import { dashes } from "./history-lines.ts";
import { catchUpSentence, historyRows } from "./history-words.ts";
import type { LinkPicture } from "./link-picture.ts";
import "./history.css";

const words = text.monitor.history;

export interface HistoryPanelProps {
  readonly picture: LinkPicture;
  readonly series: Series;
}

export function HistoryPanel({ picture, series }: HistoryPanelProps) {
  const rows = historyRows(picture, series);
  return (
    <section className="history" aria-label={words.title}>
      <h3>{words.title}</h3>
      <p className="history-key" aria-hidden="true">
        {rows.map(({ measure, label, now }) => (
          <span key={measure}>
            <svg className={`history-sample history-${measure}`}>
              <line x1="0" x2="22" y1="5" y2="5" strokeDasharray={dashes[measure].join(" ")} />
            </svg>
            {label} {now.replace(/: .*$/u, "")}
          </span>
        ))}
      </p>
      <HistoryChart series={series} />
      <table className="grid history-table" aria-label={words.table}>
        <thead>
          <tr>
            <th scope="col">{words.columns.value}</th>
            <th scope="col">{words.columns.now}</th>
            <th scope="col">{words.columns.minute}</th>
            <th scope="col">{words.columns.hour}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ measure, label, now, minute, hour }) => (
            <tr key={measure}>
              <th scope="row">{label}</th>
              <td>{now}</td>
              <td>{minute}</td>
              <td>{hour}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="history-estimate">{catchUpSentence(picture, catchUp(series))}</p>
    </section>
  );
}
