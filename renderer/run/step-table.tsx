// The steps of a run: status, task, place, times and what was said last, with the line of no return between them.
import { Fragment } from "react";
import type { RunState } from "../../shared/run/state.ts";
import { text } from "../text.ts";
import { timeOfDay } from "../ui/age-text.ts";
import { passedAt, pointOfNoReturn } from "./point-of-no-return.ts";
import { StepMark } from "./step-mark.tsx";
import type { StepRow } from "./step-rows.ts";
import { stepRows } from "./step-rows.ts";
import "./step-table.css";

const words = text.run;
const columns = ["status", "task", "where", "began", "took", "details"] as const;

export interface StepTableProps {
  readonly run: RunState;
  /** Ms since 1970: the clock of the step that works. */
  readonly now: number;
}

export function StepTable({ run, now }: StepTableProps) {
  const line = run.started === undefined ? undefined : pointOfNoReturn(run.started.plan);
  return (
    <table className="grid step-table" aria-label={words.steps}>
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column} scope="col" className={column === "took" ? "number" : undefined}>
              {words.columns[column]}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {stepRows(run, now).map((row, index) => (
          <Fragment key={row.id}>
            {index === line ? <Line passed={passedAt(run.steps)} /> : null}
            <Row row={row} />
          </Fragment>
        ))}
      </tbody>
    </table>
  );
}

function Line({ passed }: { readonly passed: string | null }) {
  return (
    <tr className="no-return">
      <td colSpan={columns.length}>
        <span>
          {passed === null ? words.noReturn.ahead : words.noReturn.passed(timeOfDay(passed))}
        </span>
      </td>
    </tr>
  );
}

function Row({ row }: { readonly row: StepRow }) {
  return (
    <tr className={classOf(row)}>
      <td className="whole">
        <StepMark status={row.status} />
      </td>
      <td>
        <div>
          <span className="step-number">{row.number}</span>
          {row.title}
        </div>
      </td>
      <td className="whole">{row.where}</td>
      <td className="whole">{row.began}</td>
      <td className="number">{row.took}</td>
      <td>{row.details}</td>
    </tr>
  );
}

function classOf({ status }: StepRow): string | undefined {
  if (status === "running" || status === "waiting") return "step-at-work";
  return status === "notStarted" ? "quiet" : undefined;
}
