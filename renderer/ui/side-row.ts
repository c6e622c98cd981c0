// One thing as both sides show it, for a table of both.

export interface SideRow {
  readonly title: string;
  readonly box: string;
  readonly instance: string;
}
