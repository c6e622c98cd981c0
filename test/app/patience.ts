// How long a spec waits for a state of the window: long enough for a machine that does much else.

/** For Playwright's waits and for expect.poll. */
export const patience = { timeout: 60_000 };
