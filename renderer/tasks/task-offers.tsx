// What comes after a failover or a repair, offered on its results page.
import { Button } from "@fluentui/react-components";
import type { Pair } from "../../shared/estate/pair.ts";
import type { RunState } from "../../shared/run/state.ts";
import { text } from "../text.ts";
import { once } from "../ui/presses.ts";
import type { OpenWindow } from "../app-state.ts";
import { offeredWindow, offersAfter } from "./offers.ts";

export interface TaskOffersProps {
  readonly run: RunState;
  /** The servers of the run. */
  readonly pair: Pair;
  readonly onOffer: (opened: OpenWindow) => void;
}

export function TaskOffers({ run, pair, onOffer }: TaskOffersProps) {
  const plan = run.started?.plan;
  const offers = offersAfter(run);
  if (plan === undefined || offers.length === 0) return null;
  return (
    <section className="group" aria-label={text.tasks.offered}>
      <h4>{text.tasks.offered}</h4>
      {offers.map((offer) => (
        <Button
          key={offer}
          size="small"
          onClick={once(() => {
            onOffer(offeredWindow(offer, plan, pair));
          })}
        >
          {text.menus[offer]}
        </Button>
      ))}
    </section>
  );
}
