// The help: pages, checks and errors to look for, and the one that was asked about. Nothing of it comes from a network.
import { Button, useArrowNavigationGroup } from "@fluentui/react-components";
import { useState } from "react";
import { allTopics, foundTopics } from "../../shared/help/topics.ts";
import type { Topic } from "../../shared/help/topics.ts";
import { text } from "../text.ts";
import { AppDialog } from "../ui/app-dialog.tsx";
import { TextField } from "../ui/text-field.tsx";
import { pageTitles } from "../text/wizard-words.ts";
import "./help.css";

const topics = allTopics(pageTitles);

export interface HelpDialogProps {
  /** What was asked about: a topic of the list, or one that a problem tells of itself. */
  readonly asked: string | Topic;
  readonly onClose: () => void;
}

export function HelpDialog({ asked, onClose }: HelpDialogProps) {
  const words = text.help;
  const [wanted, setWanted] = useState("");
  const [shown, setShown] = useState(asked);
  const found = foundTopics(topics, wanted);
  // Hundreds of topics are one stop of Tab; arrows go through them.
  const oneStop = useArrowNavigationGroup({ axis: "vertical", memorizeCurrent: true });
  const topic = typeof shown === "string" ? topics.find(({ id }) => id === shown) : shown;
  return (
    <AppDialog
      title={words.title}
      size="wide"
      onClose={onClose}
      actions={
        <Button size="small" appearance="primary" onClick={onClose}>
          {text.close}
        </Button>
      }
    >
      <div className="help">
        <div className="help-found">
          <TextField
            label={words.find}
            value={wanted}
            hint={words.count(found.length)}
            missing={undefined}
            maxLength={100}
            onChange={setWanted}
          />
          <ul className="help-list" aria-label={words.topics} {...oneStop}>
            {found.map(({ id, title }) => (
              <li key={id}>
                <button
                  type="button"
                  title={title}
                  aria-current={id === shown ? "true" : undefined}
                  onClick={() => {
                    setShown(id);
                  }}
                >
                  {title}
                </button>
              </li>
            ))}
          </ul>
        </div>
        {topic === undefined ? <p>{words.none}</p> : <TopicView topic={topic} />}
      </div>
    </AppDialog>
  );
}

function TopicView({ topic }: { readonly topic: Topic }) {
  const words = text.help;
  const { title, is, matters, act, source, kind } = topic;
  return (
    <article className="help-topic" tabIndex={0} aria-label={title}>
      <h3>{title}</h3>
      <dl>
        <dt>{words.is[kind]}</dt>
        <dd>{is}</dd>
        <dt>{words.matters}</dt>
        <dd>{matters}</dd>
        <dt>{words.act}</dt>
        <dd>{act}</dd>
        <dt>{words.source}</dt>
        <dd>{source}</dd>
      </dl>
    </article>
  );
}
