// The tick that has a password remembered; locked with its reason where the window has no key store of the system.
import { Checkbox } from "@fluentui/react-components";
import { useId } from "react";
import { pairWords as words } from "./pair-words.ts";

export interface RememberPasswordProps {
  /** Undefined while it is not known yet. */
  readonly canRemember: boolean | undefined;
  readonly isTicked: boolean;
  readonly onTick: (isTicked: boolean) => void;
}

export function RememberPassword({ canRemember, isTicked, onTick }: RememberPasswordProps) {
  const why = useId();
  return (
    <div className="connect-tick remember">
      <Checkbox
        label={words.remember}
        checked={isTicked && canRemember === true}
        aria-disabled={canRemember !== true}
        aria-describedby={why}
        onChange={(_event, data) => {
          if (canRemember === true) onTick(data.checked === true);
        }}
      />
      <p id={why}>{canRemember === false ? words.rememberLocked : words.rememberHow}</p>
    </div>
  );
}
