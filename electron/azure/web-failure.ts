// The innermost code of an error of a web request.

/** Node wraps a refused connection twice, and a fetch hides it behind `cause`. Empty where there is none. */
export function failureCode(error: unknown): string {
  const codes: string[] = [];
  let inner: unknown = error;
  for (let depth = 0; depth < 5 && inner instanceof Error; depth++) {
    if ("code" in inner && typeof inner.code === "string") codes.push(inner.code);
    else if (inner.name !== "Error" && inner.name !== "TypeError") codes.push(inner.name);
    inner = inner instanceof AggregateError ? inner.errors[0] : inner.cause;
  }
  return codes.at(-1) ?? "";
}
