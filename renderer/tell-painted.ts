// Tells the main process when the page has first been drawn, so that what is slow to load waits until then.
import { ask } from "./api.ts";

/** A page that nobody sees is not drawn: it tells when it comes to sight. */
export function tellPainted(): void {
  const observer = new PerformanceObserver((entries) => {
    if (entries.getEntriesByName("first-contentful-paint").length === 0) return;
    observer.disconnect();
    void ask("window.painted", {});
  });
  observer.observe({ type: "paint", buffered: true });
}
