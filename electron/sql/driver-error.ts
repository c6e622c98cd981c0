// The shape of what mssql and tedious throw, read without trusting it.

/** One error of the driver, flattened. `number` is SQL Server's, only where the driver gives a real one (a time-out's is a string). */
export interface DriverError {
  readonly name: string;
  /** mssql wraps tedious's error, tedious wraps the socket's or TLS's: codes from the outermost (ESOCKET) to the innermost (ECONNREFUSED). */
  readonly codes: readonly string[];
  readonly text: string;
  readonly number: number | undefined;
  readonly severity: number | undefined;
}

/**
 * Every error of one failure in the order the server sent them. mssql throws the last and keeps the earlier ones in
 * `precedingErrors`; for failovers the first is the cause.
 */
export function driverErrors(error: unknown): readonly DriverError[] {
  const preceding = property(error, "precedingErrors");
  const earlier = Array.isArray(preceding) ? preceding.map(toDriverError) : [];
  return [...earlier, toDriverError(error)];
}

/** A message of tedious's `errorMessage` event: the only place where a refused login shows its number. */
export function loginMessage(
  message: unknown,
): { readonly number: number; readonly text: string } | undefined {
  const number = property(message, "number");
  const text = property(message, "message");
  return typeof number === "number" && typeof text === "string" ? { number, text } : undefined;
}

function toDriverError(error: unknown): DriverError {
  const number = property(error, "number");
  const severity = property(error, "class");
  return {
    name: word(property(error, "name")),
    codes: codesOf(error),
    text: word(property(error, "message")),
    number: typeof number === "number" ? number : undefined,
    severity: typeof severity === "number" ? severity : undefined,
  };
}

function codesOf(error: unknown): readonly string[] {
  const codes: string[] = [];
  const seen = new Set<unknown>();
  let layer = error;
  while (layer !== undefined && !seen.has(layer)) {
    seen.add(layer);
    const code = property(layer, "code");
    if (typeof code === "string" && codes.at(-1) !== code) codes.push(code);
    layer = innerOf(layer);
  }
  return codes;
}

/** A connect that tried several addresses of one name throws an AggregateError; the first address's error speaks for all. */
function innerOf(layer: unknown): unknown {
  const several = property(layer, "errors");
  const first: unknown = Array.isArray(several) ? several[0] : undefined;
  return property(layer, "originalError") ?? property(layer, "cause") ?? first;
}

function property(value: unknown, name: string): unknown {
  if (typeof value !== "object" || value === null) return undefined;
  // An object has properties; what they hold stays unknown.
  return (value as Readonly<Record<string, unknown>>)[name];
}

function word(value: unknown): string {
  return typeof value === "string" ? value : "";
}
