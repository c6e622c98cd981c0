// Statement and messages: the run's events as lines, newest in sight.
import { useEffect, useRef } from "react";
import { text } from "../text.ts";
import { messagesOf } from "./messages.ts";
import type { RunLog } from "./run-log.ts";

export function Messages({ log }: { readonly log: RunLog }) {
  const plan = log.state.started?.plan;
  const list = useRef<HTMLDivElement>(null);
  const count = log.events.length;
  useEffect(() => {
    list.current?.scrollTo({ top: list.current.scrollHeight });
  }, [count]);
  if (plan === undefined) return null;
  return (
    <section className="group">
      <h4 id="messages-title">{text.run.messages}</h4>
      <div
        ref={list}
        className="messages"
        role="region"
        aria-labelledby="messages-title"
        tabIndex={0}
      >
        {messagesOf(plan, log.events).map((message) => (
          <p key={`${String(message.sequence)} ${message.where} ${message.what}`}>
            <span className="quiet">{message.time}</span> <b>{message.where}</b> {message.what}
          </p>
        ))}
      </div>
    </section>
  );
}
