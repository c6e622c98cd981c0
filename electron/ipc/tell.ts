// Tells the window what happens without being asked, numbered within each channel.
import type { EventName, Events } from "../../shared/ipc.ts";

/** As it crosses to the page. `sequence` counts 1, 2, 3, ... for each name, so that a gap can be seen. */
export interface EventMessage<N extends EventName = EventName> {
  readonly name: N;
  readonly sequence: number;
  readonly payload: Events[N];
}

export type Tell = <N extends EventName>(name: N, payload: Events[N]) => void;

/** `send` hands a message to the page, or drops it where there is none. */
export function createTell(send: (message: EventMessage) => void): Tell {
  const last = new Map<EventName, number>();
  return (name, payload) => {
    const sequence = (last.get(name) ?? 0) + 1;
    last.set(name, sequence);
    send({ name, sequence, payload });
  };
}
