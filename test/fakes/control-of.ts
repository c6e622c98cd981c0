// The control of a practice estate that runs in the test's own process.
import type { PracticeControl } from "../../electron/drills/practice-control.ts";
import type { PracticeEstate } from "../../practice/estate.ts";

export function controlOf(estate: PracticeEstate): PracticeControl {
  return {
    ask(request) {
      const answer = estate.control(request);
      return answer.ok ? Promise.resolve(answer.value) : Promise.reject(new Error(answer.error));
    },
  };
}
