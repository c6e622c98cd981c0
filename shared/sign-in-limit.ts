// How long a sign-in by browser may take; the window counts it down, the main process ends it.

export const browserSignInSeconds = 300;
