// An operation that Azure has accepted and works on: what the journal keeps of it, so that any later process can ask how it stands. Contract.

/** Plain data; no token in it. */
export type OperationState = Readonly<Record<string, unknown>>;
