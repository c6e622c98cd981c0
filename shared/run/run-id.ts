// The name of a run in a message: nothing else becomes part of a path.
import { z } from "zod";

/** As `run.start` answers it. */
export const runIdInput = z.string().regex(/^\d{8}T\d{6}Z-[0-9a-f]{8}$/);
