// A command line that cannot be obeyed: its sentence, and nothing was connected to.

/** Thrown while arguments, files and passwords are read; ends the process with exit code 2. */
export class UsageError extends Error {
  constructor(sentence: string) {
    super(sentence);
    this.name = "UsageError";
  }
}
