// One page of the wizard: heading, first sentence, body. The heading takes the focus when the page is turned.
import { useEffect, useRef } from "react";
import type { Azure } from "../azure/use-azure.ts";
import { ResultsView } from "../report/results-view.tsx";
import { RunView } from "../run/run-view.tsx";
import { TaskOffers } from "../tasks/task-offers.tsx";
import type { TaskOffersProps } from "../tasks/task-offers.tsx";
import type { PageName } from "../../shared/ways/pages.ts";
import { pageOf } from "./forced-pages.ts";
import { pulseFacts } from "./pulse-facts.ts";
import { FailoverTypePage } from "./pages/failover-type-page.tsx";
import { IntroductionPage } from "./pages/introduction-page.tsx";
import { PostFailoverPage } from "./pages/post-failover-page.tsx";
import { ReadinessPage } from "./pages/readiness-page.tsx";
import { SignInPage } from "./pages/sign-in-page.tsx";
import { SummaryPage } from "./pages/summary-page.tsx";
import type { WizardControls } from "./use-wizard.ts";
import { pageTitles } from "../text/wizard-words.ts";

export interface PageViewProps {
  readonly page: PageName;
  readonly controls: WizardControls;
  readonly azure: Azure;
  readonly onOffer: TaskOffersProps["onOffer"];
}

export function PageView(props: PageViewProps) {
  const { page, controls } = props;
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    heading.current?.focus();
  }, []);
  const lead = pageOf(page, controls).lead(controls);
  return (
    <section className="wizard-page" aria-labelledby="wizard-heading">
      <h3 id="wizard-heading" ref={heading} tabIndex={-1}>
        {pageTitles[page]}
      </h3>
      {lead === "" ? null : <p className="wizard-lead">{lead}</p>}
      <div className="wizard-body" tabIndex={scrolls.has(page) ? 0 : undefined}>
        <Body {...props} />
      </div>
    </section>
  );
}

/** Pages with nothing to stand on: their body itself takes the focus, so that keys can scroll it. */
const scrolls: ReadonlySet<PageName> = new Set(["executing", "results"]);

function Body({ page, controls, azure, onOffer }: PageViewProps) {
  const { state, facts, now } = controls;
  const { run, stop } = state;
  switch (page) {
    case "introduction":
      return <IntroductionPage controls={controls} />;
    case "failoverType":
      return <FailoverTypePage controls={controls} />;
    case "signIn":
      return <SignInPage controls={controls} azure={azure} />;
    case "readiness":
      return <ReadinessPage controls={controls} />;
    case "postFailover":
      return <PostFailoverPage controls={controls} />;
    case "summary":
      return <SummaryPage controls={controls} />;
    case "executing":
      return run.kind === "followed" ? (
        <RunView
          log={run.log}
          roles={pulseFacts(state, facts, now)}
          now={now}
          problem={typeof stop === "string" ? undefined : stop}
        />
      ) : null;
    case "results":
      return run.kind === "followed" ? (
        <>
          <ResultsView log={run.log} now={now} />
          <TaskOffers run={run.log.state} pair={state.pair} onOffer={onOffer} />
        </>
      ) : null;
  }
}
