// The directions in which a link can be checked.
import type { Side } from "../../shared/estate/estate.ts";

/** `primary`: away from whoever is primary. */
export type Direction = Side | "primary";
export const directions: readonly Direction[] = ["primary", "instance", "box"];
