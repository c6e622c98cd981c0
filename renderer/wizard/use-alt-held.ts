// Whether the Alt key is held down: its letters are then underlined.
import { useEffect, useState } from "react";

export function useAltHeld(): boolean {
  const [isHeld, setHeld] = useState(false);
  useEffect(() => {
    const look = (event: KeyboardEvent) => {
      setHeld(event.altKey);
    };
    // Alt+Tab leaves with the key down and comes back with it up.
    const forget = () => {
      setHeld(false);
    };
    window.addEventListener("keydown", look);
    window.addEventListener("keyup", look);
    window.addEventListener("blur", forget);
    return () => {
      window.removeEventListener("keydown", look);
      window.removeEventListener("keyup", look);
      window.removeEventListener("blur", forget);
    };
  }, []);
  return isHeld;
}
