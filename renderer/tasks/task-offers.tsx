// What comes after a failover, offered on its results page.
import { Button } from "@fluentui/react-components";
import type { PlannedLink } from "../../shared/plan/plan.ts";
import type { RunState } from "../../shared/run/state.ts";
import { text } from "../text.ts";
import { once } from "../ui/presses.ts";
import { offersAfter } from "./offers.ts";
import type { TaskOffer } from "./offers.ts";

export interface TaskOffersProps {
  readonly run: RunState;
  readonly onOffer: (offer: TaskOffer, link: PlannedLink) => void;
}

export function TaskOffers({ run, onOffer }: TaskOffersProps) {
  const link = run.started?.plan.link;
  const offers = offersAfter(run);
  if (link === undefined || offers.length === 0) return null;
  return (
    <section className="group" aria-label="Offered now">
      <h4>Offered now</h4>
      {offers.map((offer) => (
        <Button
          key={offer}
          size="small"
          onClick={once(() => {
            onOffer(offer, link);
          })}
        >
          {text.menus[offer]}
        </Button>
      ))}
    </section>
  );
}
