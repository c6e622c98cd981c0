// Check: both servers answer.
import { nameOf } from "../estate/name-of.ts";
import type { Check } from "./check.ts";
import { failed, passed, placeOf } from "./check.ts";

export const reachable: Check = ({ estate }) =>
  [estate.box, estate.instance].map((reading) => {
    const place = placeOf("reachable", reading);
    return reading.kind === "seen"
      ? passed(place, `${nameOf(reading)} answers.`)
      : failed(place, reading.problem.summary, reading.problem.remedy);
  });
