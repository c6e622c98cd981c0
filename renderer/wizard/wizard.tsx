// The wizard's frame over the work area: title, pulse, list of pages, the page, the foot, and the keys of all of them.
import { Button, Dialog, DialogSurface } from "@fluentui/react-components";
import { ArrowSwapRegular, DismissRegular } from "@fluentui/react-icons";
import { useEffect, useEffectEvent, useRef } from "react";
import type { KeyboardEvent } from "react";
import { visibleText } from "../../shared/visible-text.ts";
import type { PageName } from "../../shared/ways/pages.ts";
import { pageNames } from "../../shared/ways/pages.ts";
import type { Azure } from "../azure/use-azure.ts";
import { connectionsOf, environmentOf } from "../shell/environment.ts";
import type { TaskOffersProps } from "../tasks/task-offers.tsx";
import { useHelpTopic } from "../help/help-context.ts";
import { text } from "../text.ts";
import { EnvironmentMark } from "../ui/environment-mark.tsx";
import { useHeldFocus } from "../ui/use-held-focus.ts";
import { VisuallyHidden } from "../ui/visually-hidden.tsx";
import { environmentBandId, useWorkArea } from "../ui/work-area.ts";
import { announcement } from "./announcement.ts";
import { Foot } from "./foot.tsx";
import { FootExtra } from "./foot-extra.tsx";
import type { Saving } from "./foot-extra.tsx";
import { wizardKey, worksOnEnter } from "./keys.ts";
import { LeaveQuestion } from "./leave-question.tsx";
import { PageList } from "./page-list.tsx";
import { PageView } from "./page-view.tsx";
import { pageOf } from "./forced-pages.ts";
import { isConfirmedByHand, isForced } from "./forced-type.ts";
import { Pulse } from "./pulse.tsx";
import { pulseFacts } from "./pulse-facts.ts";
import { useAltHeld } from "./use-alt-held.ts";
import { useWizard } from "./use-wizard.ts";
import type { WizardControls, WizardOptions } from "./use-wizard.ts";
import { hasDoneSomething, isUnderWay } from "./wizard-state.ts";
import { wizardTitle } from "../text/wizard-words.ts";
import "./wizard.css";

export interface WizardProps extends WizardOptions {
  /** The app's sign-in, so that the account is the same everywhere. */
  readonly azure: Azure;
  readonly onClose: () => void;
  /** A run has ended: both sides are other than before. Called once, before the wizard is closed. */
  readonly onDone: () => void;
  /** What comes after a failover was chosen on its results page. */
  readonly onOffer: TaskOffersProps["onOffer"];
}

export function Wizard(props: WizardProps) {
  const { onClose } = props;
  const controls = useWizard(props);
  const { state, tell } = controls;
  const mountNode = useWorkArea();
  useHelpTopic(`page:${state.page}`);
  useDone(controls, props.onDone);
  const leave = () => {
    if (isUnderWay(state)) return;
    if (hasDoneSomething(state)) tell({ kind: "leaveAsked" });
    else onClose();
  };
  return (
    <>
      <Dialog
        open
        modalType="modal"
        onOpenChange={(_event, { type }) => {
          if (type === "escapeKeyDown") leave();
        }}
      >
        <Surface {...props} controls={controls} mountNode={mountNode} onLeave={leave} />
      </Dialog>
      {state.isLeaving ? (
        <LeaveQuestion
          onLeave={onClose}
          onStay={() => {
            tell({ kind: "stayed" });
          }}
        />
      ) : null}
    </>
  );
}

interface SurfaceProps extends WizardProps {
  readonly controls: WizardControls;
  readonly mountNode: HTMLElement | undefined;
  readonly onLeave: () => void;
}

/** The list ends where no planned way leads on; a forced failover has all of its pages. */
function listedPages({ state, facts }: WizardControls, page: PageName): readonly PageName[] {
  const planned = facts.way?.pages;
  return planned?.includes(page) === true && !isForced(state) ? planned : pageNames;
}

/** A link that is gone holds none any more: then those of the run. */
function databasesOf({ state: { run }, facts }: WizardControls): readonly string[] {
  if (facts.databases.length > 0 || run.kind !== "followed") return facts.databases;
  return run.log.state.started?.plan.link.databases ?? [];
}

function Surface(props: SurfaceProps) {
  const { controls, mountNode, onLeave } = props;
  const { state, facts, now, tell } = controls;
  const isAltHeld = useAltHeld();
  useHeldFocus();
  const saving = useRef<Saving>(null);
  const { page } = state;
  const environment = environmentOf(undefined, connectionsOf(state.pair, state.connections));
  const isBusy = isUnderWay(state);
  const forward = () => {
    if (page === "opening" || pageOf(page, controls).lock(controls) !== undefined) return;
    if (page === "results") onLeave();
    else if (page === "summary") controls.finish();
    else tell({ kind: "next", from: page, primary: facts.primary });
  };
  return (
    <DialogSurface
      className={isAltHeld ? "wizard wizard-alt-held" : "wizard"}
      mountNode={mountNode}
      aria-labelledby="wizard-title"
      aria-describedby={environmentBandId}
      onKeyDown={(event) => {
        onKey(event, controls, { forward, save: () => saving.current?.save() });
      }}
    >
      <header className="wizard-title-bar">
        <ArrowSwapRegular aria-hidden="true" />
        <h2 id="wizard-title">{wizardTitle}</h2>
        {environment === undefined ? null : <EnvironmentMark environment={environment} />}
        <span>{[facts.name, ...databasesOf(controls)].map(visibleText).join(" · ")}</span>
        <Button
          size="small"
          appearance="transparent"
          icon={<DismissRegular />}
          aria-label={text.wizard.leave.word}
          tabIndex={-1}
          disabled={isBusy}
          onClick={onLeave}
        />
      </header>
      <Pulse pulse={pulseFacts(state, facts, now)} now={now} />
      {page === "opening" ? null : (
        <>
          <PageList
            page={page}
            pages={listedPages(controls, page)}
            isClosed={isBusy || page === "results"}
            onGoTo={(name) => {
              tell({ kind: "wentTo", page: name });
            }}
          />
          <PageView
            key={page}
            page={page}
            controls={controls}
            azure={props.azure}
            onOffer={props.onOffer}
          />
          <Foot
            controls={controls}
            page={page}
            extra={<FootExtra controls={controls} page={page} saving={saving} />}
            onForward={forward}
            onLeave={onLeave}
          />
        </>
      )}
      <VisuallyHidden>
        <span role="status">{announcement(state, facts, now)}</span>
      </VisuallyHidden>
    </DialogSurface>
  );
}

/** Keys of menus and windows above the wizard come by here too: they are not its own. */
function onKey(
  event: KeyboardEvent<HTMLElement>,
  { state, tell, readAgain }: WizardControls,
  { forward, save }: { readonly forward: () => void } & Saving,
): void {
  const { target, currentTarget } = event;
  const { page } = state;
  if (!(target instanceof Element) || !currentTarget.contains(target)) return;
  const { key, altKey, ctrlKey, shiftKey, metaKey, repeat } = event;
  const worksByItself = target.closest(worksOnEnter) !== null;
  const found = wizardKey({ key, altKey, ctrlKey, shiftKey, metaKey, repeat, worksByItself });
  if (found === undefined || event.defaultPrevented || page === "opening") return;
  event.preventDefault();
  if (found === "previous") tell({ kind: "previous", from: page });
  else if (found === "readAgain") readAgain();
  else if (found === "save") save();
  else if (found === "forward" && isConfirmedByHand(state, page)) return;
  else if (found === "forward" || (page !== "summary" && page !== "results")) forward();
}

function useDone({ state }: WizardControls, onDone: () => void): void {
  const isOver = state.run.kind === "followed" && state.run.isOver;
  const tellDone = useEffectEvent(onDone);
  useEffect(() => {
    if (isOver) tellDone();
  }, [isOver]);
}
