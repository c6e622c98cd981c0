// The band that says PRACTICE, TEST or PRODUCTION: never dismissed, never covered.
import { BeakerRegular, LockClosedRegular, PlugDisconnectedRegular } from "@fluentui/react-icons";
import { createElement } from "react";
import { environmentBandId } from "../ui/work-area.ts";
import type { Band } from "./environment.ts";

export function EnvironmentBand({ band }: { readonly band: Band }) {
  const { environment } = band;
  const icon =
    environment === "production"
      ? LockClosedRegular
      : environment === undefined
        ? PlugDisconnectedRegular
        : BeakerRegular;
  return (
    <div id={environmentBandId} className={`environment environment-${environment ?? "none"}`}>
      {createElement(icon, { "aria-hidden": true })}
      <b>{band.word}</b>
      <span className="environment-sentence">{band.sentence}</span>
    </div>
  );
}
