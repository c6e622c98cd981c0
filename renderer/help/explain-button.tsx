// A question mark beside a check or an error: opens its explanation.
import { Button } from "@fluentui/react-components";
import { QuestionCircleRegular } from "@fluentui/react-icons";
import type { Topic } from "../../shared/help/topics.ts";
import { text } from "../text.ts";
import { useExplain } from "./help-context.ts";
import "./help.css";

export interface ExplainButtonProps {
  readonly topic: string | Topic;
  /** What is explained, for who cannot see where it stands. */
  readonly of: string;
}

export function ExplainButton({ topic, of }: ExplainButtonProps) {
  const explain = useExplain();
  return (
    <Button
      className="explain"
      size="small"
      appearance="transparent"
      icon={<QuestionCircleRegular />}
      aria-label={text.help.explain(of)}
      onClick={() => {
        explain(topic);
      }}
    />
  );
}
