// What comes after a failover, offered on its results page.
import { Button } from "@fluentui/react-components";
import type { RunState } from "../../shared/run/state.ts";
import { text } from "../text.ts";
import { once } from "../ui/presses.ts";
import { offersAfter } from "./offers.ts";
import type { TaskOffer } from "./offers.ts";

export interface TaskOffersProps {
  readonly run: RunState;
  readonly onOffer: (offer: TaskOffer, linkName: string) => void;
}

export function TaskOffers({ run, onOffer }: TaskOffersProps) {
  const linkName = run.started?.plan.link.name;
  const offers = offersAfter(run);
  if (linkName === undefined || offers.length === 0) return null;
  return (
    <section className="group" aria-label="Offered now">
      <h4>Offered now</h4>
      {offers.map((offer) => (
        <Button
          key={offer}
          size="small"
          onClick={once(() => {
            onOffer(offer, linkName);
          })}
        >
          {text.menus[offer]}
        </Button>
      ))}
    </section>
  );
}
