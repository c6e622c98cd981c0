// Ends every switch over a union: a new member does not compile until it is handled.

/** Call with the value that can no longer be anything. Throws if data from outside slipped past its parser. */
export function assertNever(value: never): never {
  throw new Error(`Unexpected value: ${JSON.stringify(value)}`);
}
