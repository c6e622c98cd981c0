// How the tables of documented errors are written: one source, and what it lists with the class each must have.
import type { ProblemClass } from "../../../../shared/errors/app-error.ts";

/** `published`: the message as the source prints it, its first sentence, placeholders filled; else the condition it states. */
export type DocumentedNumber = readonly [number: number, class_: ProblemClass, published: string];

export interface DocumentedNumbers {
  /** Title of the document. */
  readonly source: string;
  readonly rows: readonly DocumentedNumber[];
}

export type DocumentedCode = readonly [
  status: number,
  code: string,
  class_: ProblemClass,
  published: string,
];

export interface DocumentedCodes {
  readonly source: string;
  readonly rows: readonly DocumentedCode[];
}
