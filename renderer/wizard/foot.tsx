// The wizard's last line: why the filled button is closed or what it does, and the buttons.
import { Button } from "@fluentui/react-components";
import type { ReactNode } from "react";
import { StopRun } from "../run/stop-run.tsx";
import type { PageName } from "../../shared/ways/pages.ts";
import { text } from "../text.ts";
import { once, withoutEnter } from "../ui/presses.ts";
import { forwardWord, pageOf } from "./forced-pages.ts";
import { isConfirmedByHand } from "./forced-type.ts";
import { MnemonicWord } from "./mnemonic-word.tsx";
import type { WizardControls } from "./use-wizard.ts";
import { isUnderWay } from "./wizard-state.ts";
import "./foot.css";

export interface FootProps {
  readonly controls: WizardControls;
  readonly page: PageName;
  /** Buttons of the page itself: Script, Save report. */
  readonly extra: ReactNode;
  readonly onForward: () => void;
  readonly onLeave: () => void;
}

export function Foot(props: FootProps) {
  const { controls, page, extra } = props;
  const { lock: lockOf, note } = pageOf(page, controls);
  const lock = lockOf(controls);
  return (
    <footer className="wizard-foot">
      <p id="wizard-note" className="wizard-note" title={lock ?? note(controls)}>
        {lock ?? note(controls)}
      </p>
      {extra}
      {page === "executing" ? <Stop controls={controls} /> : <Buttons {...props} lock={lock} />}
    </footer>
  );
}

function Buttons({
  controls,
  page,
  lock,
  onForward,
  onLeave,
}: FootProps & { readonly lock: string | undefined }) {
  const { state, tell } = controls;
  if (page === "results") {
    return (
      <Button size="small" appearance="primary" onClick={once(onLeave)}>
        {text.close}
      </Button>
    );
  }
  const isBusy = isUnderWay(state);
  const isByHand = isConfirmedByHand(state, page);
  const word = forwardWord(page, controls);
  return (
    <>
      <Button
        size="small"
        disabledFocusable={page === "introduction" || isBusy}
        aria-keyshortcuts="Alt+P"
        onClick={once(() => {
          tell({ kind: "previous", from: page });
        })}
      >
        <MnemonicWord word={text.wizard.previous} letter="P" />
      </Button>
      <Button
        size="small"
        appearance={isByHand ? "secondary" : "primary"}
        disabledFocusable={lock !== undefined}
        aria-describedby="wizard-note"
        aria-keyshortcuts={page === "summary" ? undefined : "Alt+N"}
        onKeyDown={isByHand ? withoutEnter : undefined}
        onClick={once(onForward)}
      >
        {page === "summary" ? word : <MnemonicWord word={word} letter="N" />}
      </Button>
      <Button size="small" disabledFocusable={isBusy} onClick={once(onLeave)}>
        {text.cancel}
      </Button>
    </>
  );
}

function Stop({ controls }: { readonly controls: WizardControls }) {
  const { run, stop } = controls.state;
  if (run.kind !== "followed") return null;
  return <StopRun run={run.log.state} isStopping={stop === "stopping"} onStop={controls.stop} />;
}
