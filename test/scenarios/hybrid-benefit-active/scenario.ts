// The instance became primary: it is passive no more.
import { hybridInput, hybridOf } from "../../shared/clean-up/left-behind.ts";
import { adatumInAzure } from "../linked-estate.ts";
import type { MadeScenario } from "../scenario.ts";

export const scenario: MadeScenario = {
  made: () => hybridOf(hybridInput("Active", { ...adatumInAzure, primary: "instance" })),
};
