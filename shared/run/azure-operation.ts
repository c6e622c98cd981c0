// An operation that Azure has accepted, as the journal keeps it, so that any process can ask how it stands. Contract.
import { z } from "zod";

export interface OperationState {
  /** The tenant whose token asks. */
  readonly tenantId: string;
  /** The link it is about, for sentences. */
  readonly link: string;
  /** Where the end is told: in the body there (`asyncOperation`), or by the status of the answer (`location`). */
  readonly tells: "asyncOperation" | "location";
  /**
   * Address on ARM's own host without that host, so that it leads nowhere else: path and query, which may hold ARM's own
   * signature of the address. No token is in it.
   */
  readonly pollPath: string;
}

/** Journals are parsed back with it. */
export const operationStateSchema: z.ZodType<OperationState> = z.strictObject({
  tenantId: z.string(),
  link: z.string(),
  tells: z.enum(["asyncOperation", "location"]),
  pollPath: z.string().regex(/^\/(?![/\\])\S*$/),
});
