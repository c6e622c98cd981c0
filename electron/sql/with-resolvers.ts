// Promise.withResolvers for Node 20: tedious 20 calls it on every connect. Import before mssql; nothing to do from Node 22 on.

interface Resolvers<T> {
  readonly promise: Promise<T>;
  readonly resolve: (value: T | PromiseLike<T>) => void;
  readonly reject: (reason?: unknown) => void;
}

/** Same shape as ES2024's Promise.withResolvers. */
function withResolvers<T>(): Resolvers<T> {
  let resolve: Resolvers<T>["resolve"] = () => undefined;
  let reject: Resolvers<T>["reject"] = () => undefined;
  const promise = new Promise<T>((onResolve, onReject) => {
    resolve = onResolve;
    reject = onReject;
  });
  return { promise, resolve, reject };
}

// The library types are ES2023, which does not know the property.
const constructor = Promise as { withResolvers?: typeof withResolvers };
constructor.withResolvers ??= withResolvers;
