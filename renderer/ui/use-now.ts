// The time, for ages and clocks on screen, told anew every period.
import { useEffect, useState } from "react";

/** Ms since 1970 of this computer's clock, at most `periodMs` old. */
export function useNow(periodMs: number): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => {
      setNow(Date.now());
    }, periodMs);
    return () => {
      clearInterval(timer);
    };
  }, [periodMs]);
  return now;
}
