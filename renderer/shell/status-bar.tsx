// The status bar: connections, token life, the run, and the time in UTC and here.
import { ClockRegular } from "@fluentui/react-icons";
import { useNow } from "../ui/use-now.ts";
import { tokenLife } from "../azure/token-life.ts";
import type { Account } from "../../shared/azure/contract.ts";
import { clockWords } from "./clock-words.ts";
import type { StatusItem } from "./status-items.ts";

export interface StatusBarProps {
  readonly connections: readonly StatusItem[];
  readonly runs: readonly StatusItem[];
  readonly account: Account | null;
}

export function StatusBar({ connections, runs, account }: StatusBarProps) {
  const now = useNow(1000);
  return (
    <footer className="status-bar">
      <Items items={connections} />
      <span className="status-item optional">{tokenLife(account, now)}</span>
      <Items items={runs} />
      <span className="status-space" />
      <span className="status-item status-clock">
        <ClockRegular aria-hidden="true" />
        {clockWords(new Date(now))}
      </span>
    </footer>
  );
}

function Items({ items }: { readonly items: readonly StatusItem[] }) {
  return items.map(({ words, tone }) => (
    <span key={words} className={`status-item status-${tone}`}>
      {tone === "good" || tone === "bad" ? (
        <span className="status-dot" aria-hidden="true" />
      ) : null}
      <span className="status-words" title={words}>
        {words}
      </span>
    </span>
  ));
}
