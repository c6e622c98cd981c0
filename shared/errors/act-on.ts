// Which server an error's remedy is carried out on.

/**
 * `server` answered with the error; `otherSide` is its partner in the link. `instance` is the managed instance, whichever of
 * the two answered. `none`: nothing is left to do on any of them.
 */
export type ActOn =
  "server" | "otherSide" | "sqlServer" | "instance" | "primary" | "bothSides" | "azure" | "none";

/** What there is to do where nobody knows how it ended. */
export const readBothRoles = "Read the roles of both sides before any other step.";
