// What the arrow between the two sides says.

export interface FlowWords {
  /** SQL Server is left, the instance right, always; the arrow turns. `none`: no data flows, or nobody knows. */
  readonly direction: "right" | "left" | "none";
  /** Said to screen readers: "data flows from SQLBOX01 to sqlmi1, 0.9 seconds behind". */
  readonly label: string;
  readonly above?: string;
  readonly below?: string;
}
