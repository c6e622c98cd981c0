// The innermost code of an error of a web request.

/** Chromium's network tells its code in words alone. */
const chromiumCode = /^net::(ERR_[A-Z0-9_]+)/;

/** Node wraps a refused connection twice, and a fetch hides it behind `cause`. Empty where there is none. */
export function failureCode(error: unknown): string {
  const codes: string[] = [];
  let inner: unknown = error;
  for (let depth = 0; depth < 5 && inner instanceof Error; depth++) {
    const chromium = chromiumCode.exec(inner.message)?.[1];
    if ("code" in inner && typeof inner.code === "string") codes.push(inner.code);
    else if (chromium !== undefined) codes.push(chromium);
    else if (inner.name !== "Error" && inner.name !== "TypeError") codes.push(inner.name);
    inner = inner instanceof AggregateError ? inner.errors[0] : inner.cause;
  }
  return codes.at(-1) ?? "";
}

/** An error of ours that carries a code of the web error table; without a cause, whose code would win. */
export function codedError(code: string, text: string): Error {
  return Object.assign(new Error(text), { code });
}
