// How long a request to Azure is waited for.

/** Longest wait for one answer, ms. */
export const answerTimeoutMs = 30_000;

/** The same for a changing request, longer than ARM's own gateways wait: then the answer counts as lost. */
export const changeTimeoutMs = 600_000;
