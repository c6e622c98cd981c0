// Answers one control request from the world itself, never through the application.
import { z } from "zod";
import type { Arm } from "../arm/start-arm.ts";
import type { Entra } from "../entra/start-entra.ts";
import { truth } from "../world/truth.ts";
import type { World } from "../world/world.ts";
import type { AdjustableClock } from "./adjustable-clock.ts";
import { controlRequest, type ControlAnswer, type ControlRequest } from "./request.ts";

export interface Controlled {
  readonly world: World;
  readonly clock: AdjustableClock;
  readonly entra: Pick<Entra, "fault" | "requests">;
  readonly arm: Pick<Arm, "fault" | "requests">;
  /** Puts the world back to the beginning of the scenario of that name. Throws where that cannot be. */
  readonly startOver: (scenario: string) => void;
  /** Called by "stop"; the answer is written before anything ends. */
  readonly stop: () => void;
}

/** Never throws: an unknown or malformed request is answered with its reason. */
export function answerRequest(to: Controlled, request: unknown): ControlAnswer {
  const parsed = controlRequest.safeParse(request);
  if (!parsed.success) return { id: idOf(request), ok: false, error: reasonOf(parsed.error) };
  const id = parsed.data.id ?? null;
  try {
    return { id, ok: true, value: carryOut(to, parsed.data) };
  } catch (error) {
    return { id, ok: false, error: error instanceof Error ? error.message : String(error) };
  }
}

function carryOut(
  { world, clock, entra, arm, startOver, stop }: Controlled,
  request: ControlRequest,
): unknown {
  if ("ask" in request) {
    switch (request.ask) {
      case "truth":
        return truth(world.state);
      case "statements":
        return world.state.statements;
      case "changes":
        return world.state.changes;
      case "clock":
        return { nowMs: world.state.nowMs, speed: clock.speed() };
      case "azure":
        return { entra: [...entra.requests], arm: [...arm.requests] };
    }
  }
  switch (request.do) {
    case "workload":
      world.setWorkload(request.running);
      return null;
    case "fault":
      world.fault(request.fault);
      return null;
    case "entraFault":
      entra.fault(request.fault);
      return null;
    case "armFault":
      arm.fault(request.fault);
      return null;
    case "advance":
      world.advance(request.ms);
      return null;
    case "clock":
      clock.setSpeed(request.speed);
      return null;
    case "startOver":
      startOver(request.scenario);
      return null;
    case "stop":
      stop();
      return null;
  }
}

function idOf(request: unknown): number | string | null {
  const withId = z.object({ id: z.union([z.number(), z.string()]) }).safeParse(request);
  return withId.success ? withId.data.id : null;
}

function reasonOf(error: z.ZodError): string {
  return `This is no request that the practice estate knows: ${z.prettifyError(error).replaceAll("\n", " ")}`;
}
