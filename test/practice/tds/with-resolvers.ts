// Promise.withResolvers for tedious 20 on Node 20, which does not have it; import this before mssql.
if (!("withResolvers" in Promise)) {
  const withResolvers = function (this: PromiseConstructor): unknown {
    let settle: readonly unknown[] = [];
    const promise = new this((resolve, reject) => {
      settle = [resolve, reject];
    });
    return { promise, resolve: settle[0], reject: settle[1] };
  };
  Object.defineProperty(Promise, "withResolvers", {
    value: withResolvers,
    writable: true,
    configurable: true,
  });
}
