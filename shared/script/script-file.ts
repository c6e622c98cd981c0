// A file that is left for people to run. Contract.

export interface ScriptFile {
  readonly fileName: string;
  /** Where to run it: a server's name, or what a computer must reach. */
  readonly server: string;
  readonly text: string;
}

/** Begins a file that Windows tools read, so that they take the names as they are. */
export const byteOrderMark = "\uFEFF";
