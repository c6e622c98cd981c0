// The body of a request, read once: JSON of the shape that is expected, or the refusal.
import type { z } from "zod";
import { ArmError } from "./errors.ts";

/** Throws 400 with this code for what is no JSON or has another shape. */
export function readBody<Body>(
  text: string,
  shape: z.ZodType<Body>,
  code: string,
  message = "The request body is not valid.",
): Body {
  const parsed = shape.safeParse(jsonOf(text));
  if (!parsed.success) throw new ArmError(400, code, message);
  return parsed.data;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
