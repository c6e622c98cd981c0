// A log sequence number in groups that a margin keeps apart, so that it copies as plain digits; what differs is marked.
import { text } from "../text.ts";
import { lsnParts } from "./lsn-parts.ts";
import "./lsn.css";

export interface LsnProps {
  /** Decimal digits; null is *not known*. */
  readonly value: string | null;
  readonly reference?: string | null;
}

export function Lsn({ value, reference }: LsnProps) {
  if (value === null) return <span className="lsn-unknown">{text.ui.notKnown}</span>;
  return (
    <span className="lsn">
      {lsnParts(value, reference ?? undefined).map(({ same, different }, index) => (
        <span className="lsn-group" key={index}>
          {same}
          {different === "" ? null : <b>{different}</b>}
        </span>
      ))}
    </span>
  );
}
