// What makes a host a practice host: the authority of one practice estate, held in memory and never in settings.
import type { PracticeControl } from "../drills/practice-control.ts";

/** A host with a profile reaches the practice estate on this computer and nothing else; one without never reaches it. */
export interface PracticeProfile {
  /** The estate's certificate authority, PEM. */
  readonly authorityPem: string;
  /** The estate that this window started; absent where it did not, and then there are no drills. */
  readonly control?: PracticeControl | undefined;
}
