// What both sides show, row by row beside each other.
import type { ReactNode } from "react";
import type { Side } from "../../shared/estate/estate.ts";
import type { SideRow } from "./side-row.ts";
import "./side-table.css";

export interface SideTableProps {
  readonly names: Readonly<Record<Side, string>>;
  /** A row above the others. */
  readonly children?: ReactNode;
  readonly rows: readonly SideRow[];
}

export function SideTable({ names, children, rows }: SideTableProps) {
  return (
    <table className="grid side-table">
      <thead>
        <tr>
          <td />
          <th scope="col">{names.box}</th>
          <th scope="col">{names.instance}</th>
        </tr>
      </thead>
      <tbody>
        {children}
        {rows.map(({ title, box, instance }) => (
          <tr key={title}>
            <th scope="row">{title}</th>
            <td>{box}</td>
            <td>{instance}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
