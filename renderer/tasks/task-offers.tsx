// What comes after a failover or a repair, offered on its results page.
import { Button } from "@fluentui/react-components";
import type { RunState } from "../../shared/run/state.ts";
import { text } from "../text.ts";
import { once } from "../ui/presses.ts";
import type { OpenWindow } from "../app-state.ts";
import { offeredWindow, offersAfter } from "./offers.ts";

export interface TaskOffersProps {
  readonly run: RunState;
  readonly onOffer: (opened: OpenWindow) => void;
}

export function TaskOffers({ run, onOffer }: TaskOffersProps) {
  const plan = run.started?.plan;
  const offers = offersAfter(run);
  if (plan === undefined || offers.length === 0) return null;
  return (
    <section className="group" aria-label="Offered now">
      <h4>Offered now</h4>
      {offers.map((offer) => (
        <Button
          key={offer}
          size="small"
          onClick={once(() => {
            onOffer(offeredWindow(offer, plan));
          })}
        >
          {text.menus[offer]}
        </Button>
      ))}
    </section>
  );
}
