// Repair <link>: a page of its own over the work area for two primaries, or none; then its run and its results.
import { Dialog, DialogSurface } from "@fluentui/react-components";
import { WrenchRegular } from "@fluentui/react-icons";
import { useEffect, useEffectEvent, useRef } from "react";
import { visibleText } from "../../shared/visible-text.ts";
import type { LinkRef } from "../../shared/estate/pair.ts";
import { brokenLink, linkIn } from "../explorer/estate-feed.ts";
import type { EstateFeed } from "../explorer/estate-feed.ts";
import type { LinkPicture } from "../monitor/link-picture.ts";
import { linkPicture } from "../monitor/link-picture.ts";
import { monitorVerdict } from "../monitor/monitor-verdict.ts";
import { ResultsView } from "../report/results-view.tsx";
import { RunView } from "../run/run-view.tsx";
import { TaskOffers } from "../tasks/task-offers.tsx";
import type { TaskOffersProps } from "../tasks/task-offers.tsx";
import { text } from "../text.ts";
import { useHeldFocus } from "../ui/use-held-focus.ts";
import { useNow } from "../ui/use-now.ts";
import { Verdict } from "../ui/verdict.tsx";
import { environmentBandId, useWorkArea } from "../ui/work-area.ts";
import { pageTitles } from "../text/wizard-words.ts";
import { ChoicesView } from "./choices-view.tsx";
import { PlanView } from "./plan-view.tsx";
import { RepairFoot } from "./repair-foot.tsx";
import type { RepairControls } from "./use-repair.ts";
import { useRepair } from "./use-repair.ts";
import "../wizard/wizard.css";
import "../wizard/pages/summary-page.css";
import "./repair.css";

const words = text.repair;

export interface RepairDialogProps extends LinkRef {
  readonly feed: EstateFeed;
  /** Of a window that comes back to a run. */
  readonly shownRunId?: string;
  /** Undefined: somebody is signed in to Azure. */
  readonly onSignIn: (() => void) | undefined;
  /** What comes after a repair was chosen on its results. */
  readonly onOffer: TaskOffersProps["onOffer"];
  readonly onClose: () => void;
  /** The run has ended: both sides are other than before. */
  readonly onDone: () => void;
}

export function RepairDialog(props: RepairDialogProps) {
  const { linkName, feed, shownRunId, onClose, onDone } = props;
  const controls = useRepair(props, shownRunId);
  const { runId, isOver, isStarting } = controls;
  const tellDone = useEffectEvent(onDone);
  useEffect(() => {
    if (isOver) tellDone();
  }, [isOver]);
  const mountNode = useWorkArea();
  useHeldFocus();
  const isUnderWay = isStarting || (runId !== undefined && !isOver);
  const leave = () => {
    if (!isUnderWay) onClose();
  };
  const picture = linkPicture(feed, props);
  const names = {
    box: visibleText(picture?.sides.box.name ?? words.unnamed.box),
    instance: visibleText(picture?.sides.instance.name ?? words.unnamed.instance),
  };
  return (
    <Dialog
      open
      modalType="modal"
      onOpenChange={(_event, { type }) => {
        if (type === "escapeKeyDown") leave();
      }}
    >
      <DialogSurface
        className="wizard repair"
        mountNode={mountNode}
        aria-labelledby="repair-title"
        aria-describedby={environmentBandId}
      >
        <header className="wizard-title-bar">
          <WrenchRegular aria-hidden="true" />
          <h2 id="repair-title">{words.title(visibleText(linkName))}</h2>
        </header>
        <Page {...props} controls={controls} picture={picture} names={names} />
        <RepairFoot
          controls={controls}
          broken={brokenLink(feed, props)}
          names={names}
          onClose={leave}
        />
      </DialogSurface>
    </Dialog>
  );
}

interface PageProps extends RepairDialogProps {
  readonly controls: RepairControls;
  readonly picture: LinkPicture | undefined;
  readonly names: { readonly box: string; readonly instance: string };
}

function Page(props: PageProps) {
  const { runId, isOver } = props.controls;
  const title =
    runId === undefined ? words.page : isOver ? pageTitles.results : pageTitles.executing;
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    // After the dialog, which on opening gives the focus to the first control.
    const frame = requestAnimationFrame(() => heading.current?.focus());
    return () => {
      cancelAnimationFrame(frame);
    };
  }, [title]);
  return (
    <section className="wizard-page" aria-labelledby="wizard-heading">
      <h3 id="wizard-heading" ref={heading} tabIndex={-1}>
        {title}
      </h3>
      <div className="wizard-body" tabIndex={runId === undefined ? undefined : 0}>
        <Body {...props} />
      </div>
    </section>
  );
}

function Body(props: PageProps) {
  const { controls, picture, names, feed, linkName, pair, onSignIn, onOffer } = props;
  const { runId, isOver, log, problem } = controls;
  const now = useNow(1000);
  if (runId !== undefined) {
    if (isOver) {
      return (
        <>
          <ResultsView log={log} now={now} />
          <TaskOffers run={log.state} pair={pair} onOffer={onOffer} />
        </>
      );
    }
    const roles = { box: roleOf(picture, "box"), instance: roleOf(picture, "instance") };
    return <RunView log={log} roles={roles} now={now} problem={problem} />;
  }
  const broken = brokenLink(feed, props);
  const seen = linkIn(feed, props);
  if (broken === undefined || picture === undefined || seen === undefined) {
    return (
      <Verdict tone="neutral" sentence={words.nothing(visibleText(seen?.state.sentence ?? ""))} />
    );
  }
  return (
    <>
      <Verdict {...monitorVerdict(picture, seen.state)} />
      <ChoicesView
        controls={controls}
        broken={broken}
        picture={picture}
        names={names}
        look={seen.look}
        onSignIn={onSignIn}
      />
      <PlanView controls={controls} linkName={linkName} instanceName={names.instance} />
    </>
  );
}

function roleOf(picture: LinkPicture | undefined, side: "box" | "instance") {
  const seen = picture?.sides[side];
  const at = seen?.reading?.at;
  return {
    role: seen?.answers === false ? ("unreachable" as const) : (seen?.end?.role ?? "unknown"),
    atMs: at === undefined ? 0 : Date.parse(at),
  } as const;
}
