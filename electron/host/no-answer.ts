// The answer of a request that did not reach the main process, or whose answer did not come back.
import type { Answer } from "../../shared/ipc.ts";

export const noAnswer: Extract<Answer<never>, { readonly ok: false }> = {
  ok: false,
  error: {
    code: "noAnswer",
    class: "ambiguous",
    summary: "The main process of MI Link Failover did not answer.",
    remedy: "Look at both servers before anything else, then close this window and open it again.",
  },
};
